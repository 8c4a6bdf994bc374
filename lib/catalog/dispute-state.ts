/**
 * A dispute as people think of it. `inquiry`: the bank only asks, no money has moved. `open`: the money is gone until
 * the bank decides. `lost`: for good. `over`: it is here, or never left.
 */
export type DisputeState = "inquiry" | "open" | "lost" | "over";

const states: Readonly<Record<string, DisputeState>> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  warning_closed: "over",
  needs_response: "open",
  under_review: "open",
  lost: "lost",
  won: "over",
  prevented: "over",
};

/** A status that is new to us counts as open, so that a person looks. */
export function disputeState(status: string): DisputeState {
  return (Object.hasOwn(states, status) ? states[status] : undefined) ?? "open";
}

/** Whether the bank has the money: for now, or for good. */
export function isClaimed(status: string): boolean {
  const state = disputeState(status);
  return state === "open" || state === "lost";
}

/** Stripe's statuses of disputes whose money is here: of any other one the bank has it. */
export const unclaimed: readonly string[] = Object.keys(states).filter(
  (status) => !isClaimed(status),
);

/** Stripe's statuses of disputes that are over: any other one is still to be decided. */
export const decided: readonly string[] = Object.keys(states).filter(
  (status) => states[status] === "lost" || states[status] === "over",
);
