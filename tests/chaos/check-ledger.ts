import type { Facts } from "./facts";

/** I2, I4, I7: what was answered with 2xx is stored, what Stripe made has arrived, and none of it waits. */
export function checkLedger({
  rows,
  stripe,
  acknowledged,
  handled,
}: Facts): string[] {
  const ledger = new Map((rows.stripe_event ?? []).map((row) => [row.id, row]));
  const lost = acknowledged
    .filter((id) => !ledger.has(id))
    .map((id) => `event ${id} was acknowledged and is lost`);
  const missed = (stripe.event ?? [])
    .filter(
      (event) => handled.includes(String(event.type)) && !ledger.has(event.id),
    )
    .map((event) => `event ${event.id} ${event.type as string} never arrived`);
  const open = [...ledger.values()]
    .filter(({ state }) => state !== "done" && state !== "ignored")
    .map(
      ({ id, type, state, note }) =>
        `event ${id} ${type as string} is ${state as string}: ${note as string}`,
    );
  const refused = [...ledger.values()]
    .filter(
      ({ state, note }) =>
        state === "ignored" &&
        note !== "gone" &&
        note !== "no_customer" &&
        note !== "unhandled_type",
    )
    .map(
      ({ id, type, note }) =>
        `event ${id} ${type as string} was ignored: ${note as string}`,
    );
  const undone = (rows.effect ?? [])
    .filter(({ state }) => state !== "done")
    .map(
      ({ id, kind, state }) =>
        `effect ${id} ${kind as string} is ${state as string}`,
    );
  const waiting = (rows.checkout_intent ?? [])
    .filter(
      ({ closed_at: closed, session_id: session }) =>
        closed === null && session === null,
    )
    .map(({ id }) => `checkout intent ${id} is open without a session`);
  return [...lost, ...missed, ...open, ...refused, ...undone, ...waiting];
}
