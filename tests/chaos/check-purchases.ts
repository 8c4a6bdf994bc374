import type { Facts, Thing } from "./facts";

const live = ["active", "trialing", "past_due", "unpaid", "incomplete"];

/** I9–I11, I28: one customer, one plan and one charge for what the driver paid once; nothing bills a closed workspace. */
export function checkPurchases(facts: Facts): string[] {
  const { stripe, rows, paid } = facts;
  return [
    ...duplicates(
      stripe.customer,
      (it) => it.deleted !== true && tenantOf(it),
    ).map((tenant) => `workspace ${tenant} has two customers at Stripe`),
    ...duplicates(
      rows.customer,
      (it) => it.deleted !== true && String(it.tenant_id),
    ).map((tenant) => `workspace ${tenant} has two customers here`),
    ...duplicates(
      stripe.subscription,
      (it) => live.includes(String(it.status)) && String(it.customer),
    ).map((customer) => `customer ${customer} has two live plans`),
    ...duplicates(
      rows.checkout_intent,
      (it) =>
        it.closed_at === null &&
        `${String(it.tenant_id)} ${String(it.product_group)}`,
    ).map((group) => `${group} has two open checkouts`),
    ...unpaidFor(facts),
    ...paid.flatMap((one) => soldOnce(one, facts)),
    ...overcharged(facts),
    ...(rows.tenant ?? [])
      .filter(({ closed_at: closed }) => closed !== null)
      .flatMap(({ id }) =>
        (rows.subscription ?? []).filter((it) => it.tenant_id === id),
      )
      .filter(({ id }) =>
        live.includes(String(find(stripe.subscription, id)?.status)),
      )
      .map(({ id }) => `subscription ${id} bills a closed workspace`),
    ...(rows.customer ?? [])
      .filter(
        (it) =>
          !(rows.membership ?? []).some(
            (one) => one.tenant_id === it.tenant_id,
          ),
      )
      .map(
        ({ id }) => `customer ${id} is of a workspace that nobody belongs to`,
      ),
  ];
}

function soldOnce(
  { sessionId, kind, tenantId }: Facts["paid"][number],
  { stripe, rows }: Facts,
): string[] {
  const session = find(stripe.checkout_session, sessionId);
  if (session?.status !== "complete")
    return [`${sessionId} was paid and is not complete at Stripe`];
  if (kind === "plan") {
    const of = (rows.subscription ?? []).filter(
      (it) => it.id === session.subscription && it.tenant_id === tenantId,
    );
    return of.length === 1
      ? []
      : [`${sessionId} was paid and made ${of.length} plans here`];
  }
  const orders = (rows.order ?? []).filter(
    (it) => it.checkout_session_id === sessionId && it.tenant_id === tenantId,
  );
  return orders.length === 1 && orders[0]?.status === "paid"
    ? []
    : [`${sessionId} was paid and made ${orders.length} paid orders`];
}

/** Nobody was sold what the driver did not pay for. */
function unpaidFor({ stripe, paid }: Facts): string[] {
  const known = new Set(paid.map(({ sessionId }) => sessionId));
  const strange = (stripe.checkout_session ?? []).filter(
    (it) => it.status === "complete" && !known.has(it.id),
  );
  const plans = paid.filter(({ kind }) => kind === "plan").length;
  const made = stripe.subscription?.length ?? 0;
  return [
    ...strange.map(({ id }) => `${id} is complete and nobody paid it`),
    ...(made === plans
      ? []
      : [`${plans} plans were bought and ${made} exist at Stripe`]),
  ];
}

/** Each charge that went through is one invoice's or one order's, in its very amount. */
function overcharged({ stripe }: Facts): string[] {
  const charged = sum(
    (stripe.charge ?? []).filter(({ paid: isPaid }) => isPaid === true),
    "amount",
  );
  const invoiced = sum(
    (stripe.invoice ?? []).filter(({ status }) => status === "paid"),
    "amount_paid",
  );
  const ordered = sum(
    (stripe.checkout_session ?? []).filter(
      (it) => it.mode === "payment" && it.status === "complete",
    ),
    "amount_total",
  );
  return charged === invoiced + ordered
    ? []
    : [
        `${charged} was charged for ${invoiced} invoiced and ${ordered} ordered`,
      ];
}

function tenantOf({ metadata }: Thing): string {
  return (metadata as { tenant_id?: string }).tenant_id ?? "none";
}

function find(things: Thing[] | undefined, id: string): Thing | undefined {
  return things?.find((one) => one.id === id);
}

function sum(things: Thing[], field: string): number {
  return things.reduce((total, one) => total + Number(one[field]), 0);
}

/** The keys that more than one has; those without a key do not count. */
function duplicates(
  things: Thing[] | undefined,
  keyOf: (thing: Thing) => string | false,
): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const thing of things ?? []) {
    const key = keyOf(thing);
    if (key === false) continue;
    if (seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return [...twice];
}
