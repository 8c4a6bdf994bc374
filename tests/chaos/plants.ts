import type { Facts, Thing } from "./facts";

type Plant = (facts: Facts) => Facts;

const inRows =
  (table: string, change: (things: Thing[]) => Thing[]): Plant =>
  (facts) => ({
    ...facts,
    rows: { ...facts.rows, [table]: change(facts.rows[table] ?? []) },
  });
const dropLast = (
  table: string,
  fits: (thing: Thing) => boolean = () => true,
) =>
  inRows(table, (things) => {
    const at = things.findLastIndex(fits);
    return things.filter((_, index) => index !== at);
  });
const double = (
  table: string,
  fits: (thing: Thing) => boolean,
  differs: Partial<Thing>,
) =>
  inRows(table, (things) => [
    ...things,
    ...things
      .filter(fits)
      .slice(0, 1)
      .map((it) => ({ ...it, ...differs })),
  ]);
const alter = (
  table: string,
  fits: (thing: Thing) => boolean,
  differs: Partial<Thing>,
) =>
  inRows(table, (things) => {
    const at = things.findIndex(fits);
    return things.map((it, index) =>
      index === at ? { ...it, ...differs } : it,
    );
  });
const is = (field: string, value: unknown) => (it: Thing) =>
  it[field] === value;

/** Each makes one thing wrong that must never be; a checker that misses one is no checker. */
export const plants: Readonly<Record<string, Plant>> = {
  "an acknowledged event is lost": (facts) => ({
    ...facts,
    acknowledged: [...facts.acknowledged, "evt_lost"],
  }),
  "an event never arrived": dropLast("stripe_event"),
  "an event is left pending": alter("stripe_event", is("state", "done"), {
    state: "pending",
  }),
  "an event is dead": alter("stripe_event", is("state", "done"), {
    state: "dead",
  }),
  "a subscription's status is stale": alter("subscription", () => true, {
    status: "stale",
  }),
  "a subscription lost its item": dropLast("subscription_item"),
  "an invoice's amount differs": alter("invoice", () => true, {
    amount_paid: -1,
  }),
  "a customer has no row": dropLast("customer"),
  "a workspace has two customers": double("customer", is("deleted", false), {
    id: "cus_second",
  }),
  "a workspace has two open checkouts": inRows("checkout_intent", (all) => [
    ...all,
    ...["a", "b"].map((id) => ({
      id,
      tenant_id: "t",
      product_group: "plan",
      closed_at: null,
      session_id: "cs",
    })),
  ]),
  "an order is lost": dropLast("order", is("status", "paid")),
  "an order is fulfilled by two effects": double(
    "effect",
    is("kind", "purchase_paid"),
    { id: "second" },
  ),
  "an order has no effect": dropLast("effect", is("kind", "purchase_paid")),
  "an effect is left undone": alter("effect", is("state", "done"), {
    state: "processing",
  }),
  "fulfilment never ran": (facts) => ({
    ...facts,
    said: facts.said.filter(({ msg }) => msg !== "purchase paid"),
  }),
  "access began and nobody was told": dropLast(
    "effect",
    is("kind", "access_began"),
  ),
  "a mail was never sent": (facts) => ({ ...facts, mails: [] }),
  "a receipt is sent twice": double(
    "effect",
    (it) =>
      /receipt/.test(String(it.kind)) && "addressee" in (it.payload as object),
    { id: "second" },
  ),
  "a change is not audited": dropLast(
    "audit_entry",
    is("action", "subscription.changed"),
  ),
  "a change is audited twice": double(
    "audit_entry",
    is("action", "customer.created"),
    { id: "second" },
  ),
  "a change is missing from its chain": dropLast("subscription_change"),
  "a charge was made twice": (facts) => {
    const [charge] = (facts.stripe.charge ?? []).filter(is("paid", true));
    const again = charge ? [{ ...charge, id: "ch_second" }] : [];
    return {
      ...facts,
      stripe: {
        ...facts.stripe,
        charge: [...(facts.stripe.charge ?? []), ...again],
      },
    };
  },
  "a payment came in larger than it was captured": alter(
    "payment",
    is("status", "succeeded"),
    { amount_captured: 999_999 },
  ),
  "more is counted as given back than went back": alter(
    "payment",
    is("status", "succeeded"),
    { amount_refunded: 1 },
  ),
  "more went back than came in": (facts) => {
    const [charge] = (facts.stripe.charge ?? []).filter(is("paid", true));
    const [payment] = (facts.rows.payment ?? []).filter(
      is("charge_id", charge?.id),
    );
    const amount = Number(payment?.amount_captured) + 1;
    const refund = { id: "re_beyond", status: "succeeded", amount };
    const back = (it: Thing) =>
      payment?.id === it.id ? { ...it, amount_refunded: amount } : it;
    return {
      ...facts,
      stripe: {
        ...facts.stripe,
        refund: [{ ...refund, payment_intent: payment?.id }],
      },
      rows: {
        ...facts.rows,
        payment: (facts.rows.payment ?? []).map(back),
        refund: [{ ...refund, payment_id: payment?.id }],
      },
    };
  },
  "the app's query finds a leak": (facts) => ({
    ...facts,
    leaks: ["pi_1 refunds_do_not_add_up"],
  }),
  "a refund is not here": dropLast("refund"),
};
