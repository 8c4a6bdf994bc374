import type Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { invoiceMails } from "@/lib/sync/invoice-mails";
import { isNews } from "@/lib/sync/news";
import { after, days, toUnix } from "@/lib/platform/time";

const daysAgo = (n: number) => toUnix(after(new Date(), -days(n)));

type Changes = Partial<Omit<Stripe.Invoice, "status_transitions">> & {
  finalizedAt?: number;
  paidAt?: number | null;
  intent?: { status: string; code?: string };
};

/** A renewal that Stripe has tried to charge once, unsuccessfully. */
function invoice({
  finalizedAt = daysAgo(0),
  paidAt = null,
  intent,
  ...changes
}: Changes = {}) {
  const { status = "requires_payment_method", code = "card_declined" } =
    intent ?? {};
  return {
    id: "in_1",
    status: "open",
    total: 2900,
    attempt_count: 1,
    billing_reason: "subscription_cycle",
    customer: "cus_1",
    lines: { data: [] },
    status_transitions: { finalized_at: finalizedAt, paid_at: paidAt },
    payments: {
      data: [
        {
          payment: { payment_intent: { status, last_payment_error: { code } } },
        },
      ],
    },
    ...changes,
  } as unknown as Stripe.Invoice;
}

const kindsOf = (given: Stripe.Invoice, known = true) =>
  invoiceMails(given, { known }).map(({ kind, cause }) => `${kind} ${cause}`);

describe("the mail that an invoice asks for", () => {
  it("is one for each failed attempt", () => {
    expect(kindsOf(invoice())).toEqual(["mail.payment_failed in_1:1"]);
    expect(kindsOf(invoice())).toEqual(kindsOf(invoice()));
    expect(kindsOf(invoice({ attempt_count: 2 }))).toEqual([
      "mail.payment_failed in_1:2",
    ]);
  });

  it("88: is the receipt also where nothing was charged: for credit, or payment elsewhere", () => {
    const paid = { status: "paid" as const, paidAt: daysAgo(0) };
    for (const payments of [{ data: [] }, undefined])
      expect(kindsOf({ ...invoice(paid), payments } as Stripe.Invoice)).toEqual(
        ["mail.receipt in_1"],
      );
  });

  it("asks to confirm instead of telling a failure, where the bank wants the buyer", () => {
    const asked = ["mail.action_required in_1:1"];
    expect(kindsOf(invoice({ intent: { status: "requires_action" } }))).toEqual(
      asked,
    );
    const offSession = {
      status: "requires_payment_method",
      code: "authentication_required",
    };
    expect(kindsOf(invoice({ intent: offSession }))).toEqual(asked);
  });

  it.each([
    ["before the first attempt", { attempt_count: 0 }],
    ["while a payment is under way", { intent: { status: "processing" } }],
    [
      "while the buyer is at the first checkout",
      { billing_reason: "subscription_create" as const },
    ],
    ["of nothing", { total: 0, status: "paid" as const, paidAt: daysAgo(0) }],
    ["of what was voided", { status: "void" as const }],
    ["of a draft", { status: "draft" as const }],
  ])("is none %s", (_, changes) => {
    expect(kindsOf(invoice(changes))).toEqual([]);
  });

  it("says a failure where there is nothing to pay with", () => {
    const none = { data: [] } as unknown as Stripe.Invoice["payments"];
    expect(kindsOf(invoice({ payments: none }))).toEqual([
      "mail.payment_failed in_1:1",
    ]);
  });
});

describe("history that is only learned now", () => {
  it("of more than a week ago tells nobody of a receipt", () => {
    const paid = { status: "paid" as const };
    expect(kindsOf(invoice({ ...paid, paidAt: daysAgo(6) }), false)).toEqual([
      "mail.receipt in_1",
    ]);
    expect(kindsOf(invoice({ ...paid, paidAt: daysAgo(8) }), false)).toEqual(
      [],
    );
    expect(kindsOf(invoice({ ...paid, paidAt: daysAgo(8) }), true)).toEqual([]);
  });

  it("tells nobody of an old open invoice that was never seen, but of a later attempt at a known one", () => {
    const old = invoice({ finalizedAt: daysAgo(20), attempt_count: 4 });
    expect(kindsOf(old, false)).toEqual([]);
    expect(kindsOf(old, true)).toEqual(["mail.payment_failed in_1:4"]);
  });

  it("ends a week after the fact", () => {
    expect(isNews(after(new Date(), -days(7) + 1000))).toBe(true);
    expect(isNews(after(new Date(), -days(7)))).toBe(false);
    expect(isNews(null)).toBe(false);
  });
});
