import type { Facts, Thing } from "./facts";

/** I21: each change has its audit row; a subscription's changes make one chain from nothing to what it is now. */
export function checkTrail({ rows }: Facts): string[] {
  const audit = rows.audit_entry ?? [];
  const count = (action: string, id: string) =>
    audit.filter((it) => it.action === action && it.object_id === id).length;
  const exactly = (things: Thing[] | undefined, action: string, wanted = 1) =>
    (things ?? [])
      .filter(({ id }) => count(action, id) !== wanted)
      .map(
        ({ id }) =>
          `${id} has ${count(action, id)} audit rows ${action} instead of ${wanted}`,
      );
  const sessions = rows.checkout_session ?? [];
  const ended = {
    complete: "checkout.completed",
    expired: "checkout.expired",
  } as const;
  return [
    ...exactly(rows.customer, "customer.created"),
    ...exactly(rows.order, "order.recorded"),
    ...Object.entries(ended).flatMap(([status, action]) =>
      exactly(
        sessions.filter((it) => it.status === status),
        action,
      ),
    ),
    ...sessions
      .filter(({ id }) => count("checkout.created", id) > 1)
      .map(({ id }) => `${id} was created twice in the audit log`),
    ...missing(rows.payment, "payment.changed"),
    ...missing(rows.refund, "refund.changed"),
    ...exactly(
      (rows.tenant ?? []).filter((it) => it.closed_at !== null),
      "workspace.closed",
    ),
    ...(rows.subscription ?? []).flatMap((one) => chainOf(one, rows, count)),
  ];

  function missing(things: Thing[] | undefined, action: string) {
    return (things ?? [])
      .filter(({ id }) => count(action, id) === 0)
      .map(({ id }) => `${id} has no audit row ${action}`);
  }
}

function chainOf(
  subscription: Thing,
  rows: Facts["rows"],
  count: (action: string, id: string) => number,
): string[] {
  const { id, status } = subscription;
  const chain = (rows.subscription_change ?? [])
    .filter((it) => it.subscription_id === id)
    .toSorted((a, b) => a.id.localeCompare(b.id));
  const broken = chain.filter(
    (it, at) => (it.from_status ?? null) !== (chain[at - 1]?.to_status ?? null),
  );
  const audited = count("subscription.changed", id);
  return [
    ...broken.map(
      (it) =>
        `subscription ${id}: a change from ${String(it.from_status)} does not follow`,
    ),
    ...(chain.at(-1)?.to_status === status
      ? []
      : [
          `subscription ${id} is ${String(status)} and its last change says ${String(chain.at(-1)?.to_status)}`,
        ]),
    ...(audited === chain.length
      ? []
      : [
          `subscription ${id} has ${chain.length} changes and ${audited} audit rows`,
        ]),
  ];
}
