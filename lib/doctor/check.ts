/** Where a failure is looked for; each part needs the ones before. */
type Part =
  | "database"
  | "keys"
  | "prices"
  | "urls"
  | "customer data"
  | "running"
  | "live";

/** What a check saw. `fix`: lines to copy, in the order in which they are run or set. */
export type Finding = {
  good: boolean;
  found: string;
  fix?: readonly string[];
};

export type Check = {
  name: string;
  part: Part;
  /** Names of checks without which this one cannot see anything. */
  needs?: readonly string[];
  /** Changes nothing. What it throws is a finding as well. */
  look(): Promise<Finding>;
};

export const good = (found: string): Finding => ({ good: true, found });

export const wrong = (found: string, ...fix: string[]): Finding => ({
  good: false,
  found,
  fix,
});
