import { describe, expect, it } from "vitest";
import { billingConcerns } from "@/lib/billing/concerns";
import type { InvoiceView } from "@/lib/billing/overview";
import type { SubscriptionView } from "@/lib/billing/subscription-view";

const now = new Date("2027-03-12T12:00:00Z");
const usd = (amount: bigint) => ({ amount, currency: "usd" });
const card = { brand: "visa", last4: "4242", expMonth: 12, expYear: 2034 };

function plan(given: Partial<SubscriptionView> = {}): SubscriptionView {
  return {
    id: "sub_1",
    planName: "Pro",
    items: [],
    planned: null,
    pendingChange: null,
    collectionPaused: null,
    managedElsewhere: false,
    group: "plan",
    status: "active",
    price: usd(2900n),
    adjusted: { discounts: false, tax: false },
    interval: "month",
    quantity: 1,
    periodEnd: new Date("2027-04-12T12:00:00Z"),
    trialEnd: null,
    endsAt: null,
    graceEndsAt: null,
    card,
    ...given,
  };
}

function invoice(given: Partial<InvoiceView> = {}): InvoiceView {
  return {
    id: "in_1",
    subscriptionId: "sub_1",
    number: "A-0001",
    status: "open",
    total: usd(2900n),
    due: usd(2900n),
    createdAt: now,
    hostedUrl: "https://invoice.stripe.com/i/1",
    pdfUrl: null,
    actionRequired: false,
    attempts: 1,
    ...given,
  };
}

function kinds(
  subscriptions: readonly SubscriptionView[],
  openInvoices: readonly InvoiceView[] = [],
) {
  const found = billingConcerns({ subscriptions, openInvoices }, now);
  return found.map(({ kind }) => kind);
}

describe("billing is in order", () => {
  it.each([
    ["without a plan", []],
    ["with a plan that renews", [plan()]],
    [
      "with a plan that ends because somebody wanted it",
      [plan({ endsAt: now })],
    ],
    ["on trial with a card", [plan({ status: "trialing" })]],
    [
      "on a trial that was cancelled",
      [plan({ status: "trialing", card: null, endsAt: now })],
    ],
  ])("%s", (_, subscriptions) => {
    expect(kinds(subscriptions)).toEqual([]);
  });

  it("while a renewal is about to be charged", () => {
    expect(kinds([plan()], [invoice({ attempts: 0 })])).toEqual([]);
  });
});

describe("each trouble is told once", () => {
  it.each(["past_due", "unpaid", "incomplete", "paused"] as const)(
    "%s, with its oldest invoice",
    (status) => {
      const open = [invoice(), invoice({ id: "in_2" })];
      const found = billingConcerns(
        { subscriptions: [plan({ status })], openInvoices: open },
        now,
      );
      expect(found.map(({ kind }) => kind)).toEqual([status]);
      if (status !== "paused")
        expect(found[0]).toMatchObject({ invoice: { id: "in_1" } });
    },
  );

  it("a payment that the bank wants confirmed, instead of the failure it looks like", () => {
    const open = [invoice(), invoice({ id: "in_2", actionRequired: true })];
    for (const status of ["past_due", "unpaid", "incomplete"]) {
      const found = billingConcerns(
        { subscriptions: [plan({ status })], openInvoices: open },
        now,
      );
      expect(found).toMatchObject([
        { kind: "action_required", planName: "Pro", invoice: { id: "in_2" } },
      ]);
    }
    expect(
      kinds([plan()], [invoice({ actionRequired: true, attempts: 0 })]),
    ).toEqual(["action_required"]);
  });

  it("an invoice that outlived its plan, or never had one", () => {
    expect(kinds([], [invoice()])).toEqual(["invoice_open"]);
    expect(kinds([plan()], [invoice({ subscriptionId: null })])).toEqual([
      "invoice_open",
    ]);
  });

  it("a status that Stripe may invent", () => {
    expect(kinds([plan({ status: "frozen" })])).toEqual(["unknown"]);
  });

  it("a trial that ends without a card", () => {
    expect(kinds([plan({ status: "trialing", card: null })])).toEqual([
      "trial_without_card",
    ]);
  });

  it("a card that runs out before the next charge, and not long before", () => {
    const worn = { ...card, expMonth: 3, expYear: 2027 };
    expect(kinds([plan({ card: worn })])).toEqual(["card_expires"]);
    const good = { ...card, expMonth: 4, expYear: 2027 };
    expect(kinds([plan({ card: good })])).toEqual([]);
    const nextYear = plan({
      card: { ...card, expMonth: 11, expYear: 2027 },
      periodEnd: new Date("2028-03-12T12:00:00Z"),
    });
    expect(kinds([nextYear])).toEqual([]);
  });

  it("two plans of one group, and not two of different ones", () => {
    const second = { id: "sub_2", planName: "Business" };
    expect(kinds([plan(), plan(second)])).toEqual(["doubled"]);
    expect(kinds([plan(), plan({ ...second, group: null })])).toEqual([]);
    expect(kinds([plan({ group: null }), plan({ group: null })])).toEqual([]);
  });
});

it("the most urgent comes first: what one click mends, what is off, what will be, what costs twice", () => {
  const subscriptions = [
    plan({ id: "sub_6", status: "trialing", card: null }),
    plan({ id: "sub_5", status: "frozen" }),
    plan({ id: "sub_4", status: "paused" }),
    plan({ id: "sub_3", status: "incomplete" }),
    plan({ id: "sub_2", status: "past_due" }),
    plan({ id: "sub_1", status: "unpaid" }),
  ];
  const openInvoices = [
    invoice({ id: "in_9", subscriptionId: null }),
    invoice({ id: "in_8", subscriptionId: null, actionRequired: true }),
  ];
  expect(kinds(subscriptions, openInvoices)).toEqual([
    "action_required",
    "unpaid",
    "past_due",
    "incomplete",
    "doubled",
    "paused",
    "unknown",
    "invoice_open",
    "trial_without_card",
  ]);
});
