import type { Policy } from "@/lib/platform/route-description";

/** In words. */
export function whoMay(policy: Policy): string {
  const lately = policy.recent
    ? " Only who signed in within the last 15 minutes, or sends the password."
    : "";
  switch (policy.caller) {
    case "anyone":
      return "For anybody.";
    case "signed in":
      return `For whoever is signed in.${lately}`;
    case "member":
      return `Needs \`${policy.permission}\` in the workspace.${lately}`;
    case "staff":
      return "For staff of this deployment; to everybody else it is not there.";
    case "cron":
      return "For the clock.";
    case "stripe":
      return "For Stripe.";
  }
}

/** By what a caller proves to be that, as one of the document's security schemes. */
export function securityOf(policy: Policy): object[] {
  switch (policy.caller) {
    case "anyone":
      return [];
    case "signed in":
    case "staff":
      return [{ session: [] }];
    case "member":
      return [{ session: [] }, ...(policy.keys ? [{ apiKey: [] }] : [])];
    case "cron":
      return [{ cron: [] }];
    case "stripe":
      return [{ stripe: [] }];
  }
}
