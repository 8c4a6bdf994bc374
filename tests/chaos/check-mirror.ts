import type { Facts, Thing } from "./facts";

type Fields = Record<string, unknown>;
type Comparison = {
  kind: string;
  table: string;
  stripes: (object: Thing) => Fields;
  ours: (row: Thing, facts: Facts) => Fields;
};

const comparisons: readonly Comparison[] = [
  {
    kind: "customer",
    table: "customer",
    stripes: (it) => ({
      deleted: it.deleted === true,
      ...(it.deleted !== true && { email: it.email, name: it.name }),
    }),
    ours: (row) => ({
      deleted: row.deleted,
      ...(row.deleted !== true && { email: row.email, name: row.name }),
    }),
  },
  {
    kind: "subscription",
    table: "subscription",
    stripes: (it) => ({
      status: it.status,
      customer: it.customer,
      cancelAt: it.cancel_at,
      items: (it.items as { data: Thing[] }).data
        .map((item) =>
          [
            item.id,
            (item.price as Thing).id,
            item.quantity,
            item.current_period_end,
          ].join(),
        )
        .toSorted(),
    }),
    ours: (row, { rows }) => ({
      status: row.status,
      customer: row.customer_id,
      cancelAt: unix(row.cancel_at),
      items: (rows.subscription_item ?? [])
        .filter((item) => item.subscription_id === row.id)
        .map((item) =>
          [
            item.id,
            item.price_id,
            item.quantity,
            unix(item.current_period_end),
          ].join(),
        )
        .toSorted(),
    }),
  },
  {
    kind: "invoice",
    table: "invoice",
    stripes: (it) => ({
      status: it.status,
      total: it.total,
      paid: it.amount_paid,
      due: it.amount_due,
      attempts: it.attempt_count,
    }),
    ours: (row) => ({
      status: row.status,
      total: row.total,
      paid: row.amount_paid,
      due: row.amount_due,
      attempts: row.attempt_count,
    }),
  },
  {
    kind: "checkout_session",
    table: "checkout_session",
    stripes: (it) => ({
      status: it.status,
      payment: it.payment_status,
      total: it.amount_total,
      subscription: it.subscription,
    }),
    ours: (row) => ({
      status: row.status,
      payment: row.payment_status,
      total: row.amount_total,
      subscription: row.subscription_id,
    }),
  },
  {
    kind: "payment_intent",
    table: "payment",
    stripes: (it) => ({
      status: it.status,
      amount: it.amount,
      charge: it.latest_charge,
    }),
    ours: (row) => ({
      status: row.status,
      amount: row.amount,
      charge: row.charge_id,
    }),
  },
  {
    kind: "refund",
    table: "refund",
    stripes: (it) => ({
      status: it.status,
      amount: it.amount,
      payment: it.payment_intent,
    }),
    ours: (row) => ({
      status: row.status,
      amount: row.amount,
      payment: row.payment_id,
    }),
  },
  {
    kind: "payment_method",
    table: "payment_method",
    stripes: (it) => ({ customer: it.customer }),
    ours: (row) => ({
      customer: row.detached === true ? null : row.customer_id,
    }),
  },
];

/** Every object that Stripe keeps for a customer of ours stands in our tables as it is, and no other does. */
export function checkMirror(facts: Facts): string[] {
  return comparisons.flatMap((one) => compare(one, facts));
}

function compare(
  { kind, table, stripes, ours }: Comparison,
  facts: Facts,
): string[] {
  const rows = new Map((facts.rows[table] ?? []).map((row) => [row.id, row]));
  const objects = (facts.stripe[kind] ?? []).filter(
    (it) => kind === "customer" || "customer" in it || kind === "refund",
  );
  const wrong = objects.flatMap((object) => {
    const row = rows.get(object.id);
    rows.delete(object.id);
    if (!row)
      return isNobodys(kind, object) ? [] : [`${kind} ${object.id} has no row`];
    const [theirs, own] = [stripes(object), ours(row, facts)];
    return Object.keys(theirs)
      .filter(
        (field) =>
          JSON.stringify(theirs[field] ?? null) !==
          JSON.stringify(own[field] ?? null),
      )
      .map(
        (field) =>
          `${kind} ${object.id}: ${field} is ${JSON.stringify(own[field])} here and ${JSON.stringify(theirs[field])} at Stripe`,
      );
  });
  return [
    ...wrong,
    ...[...rows.keys()].map((id) => `${kind} ${id} is not at Stripe`),
  ];
}

/** What a card was entered for and never saved belongs to no customer. */
function isNobodys(kind: string, object: Thing): boolean {
  return kind !== "customer" && kind !== "refund" && object.customer === null;
}

function unix(at: unknown): number | null {
  return typeof at === "string" ? Math.floor(Date.parse(at) / 1000) : null;
}
