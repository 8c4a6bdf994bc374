/** What every mail about billing needs to know. */
export type About = {
  /** The address that it goes to. */
  to: string;
  workspace: string;
  billingUrl: string;
};

export function whyBilling({ workspace }: About): string {
  return `You get this because the bills of ${workspace} go to you.`;
}
