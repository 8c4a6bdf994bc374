import { describe, expect, it } from "vitest";
import { findViolations } from "../chaos/checks";
import type { Facts } from "../chaos/facts";
import { plants } from "../chaos/plants";

const at = "2026-11-21T12:00:00+00:00";
const unix = Date.parse(at) / 1000;
const tenant = { tenant_id: "ten_1" };
const audited = (action: string, id: string) => ({
  id: `${action} ${id}`,
  action,
  object_id: id,
});

/** One workspace with a plan and a one-time purchase that was refunded: everything as it must be. */
function sound(): Facts {
  return {
    stripe: {
      customer: [
        { id: "cus_1", email: "a@example.com", name: "A", metadata: tenant },
      ],
      subscription: [
        {
          id: "sub_1",
          customer: "cus_1",
          status: "active",
          cancel_at: null,
          items: {
            data: [
              {
                id: "si_1",
                price: { id: "price_1" },
                quantity: 1,
                current_period_end: unix,
              },
            ],
          },
        },
      ],
      invoice: [
        {
          id: "in_1",
          customer: "cus_1",
          status: "paid",
          total: 2900,
          amount_paid: 2900,
          amount_due: 2900,
          attempt_count: 1,
        },
      ],
      checkout_session: [
        {
          id: "cs_plan",
          customer: "cus_1",
          mode: "subscription",
          status: "complete",
          payment_status: "paid",
          amount_total: 2900,
          subscription: "sub_1",
        },
        {
          id: "cs_order",
          customer: "cus_1",
          mode: "payment",
          status: "complete",
          payment_status: "paid",
          amount_total: 14900,
          subscription: null,
        },
      ],
      payment_intent: [
        {
          id: "pi_1",
          customer: "cus_1",
          status: "succeeded",
          amount: 14900,
          latest_charge: "ch_1",
        },
      ],
      charge: [
        { id: "ch_1", paid: true, amount: 14900 },
        { id: "ch_2", paid: true, amount: 2900 },
      ],
      refund: [
        {
          id: "re_1",
          status: "succeeded",
          amount: 14900,
          payment_intent: "pi_1",
        },
      ],
      payment_method: [{ id: "pm_1", customer: "cus_1" }],
      event: [{ id: "evt_1", type: "invoice.paid" }],
    },
    rows: {
      tenant: [{ id: "ten_1", closed_at: null }],
      membership: [{ id: "mem_1", ...tenant }],
      customer: [
        {
          id: "cus_1",
          ...tenant,
          deleted: false,
          email: "a@example.com",
          name: "A",
        },
      ],
      subscription: [
        {
          id: "sub_1",
          ...tenant,
          customer_id: "cus_1",
          status: "active",
          cancel_at: null,
        },
      ],
      subscription_item: [
        {
          id: "si_1",
          subscription_id: "sub_1",
          price_id: "price_1",
          quantity: 1,
          current_period_end: at,
        },
      ],
      subscription_change: [
        {
          id: "chg_1",
          subscription_id: "sub_1",
          from_status: null,
          to_status: "active",
        },
      ],
      invoice: [
        {
          id: "in_1",
          status: "paid",
          total: 2900,
          amount_paid: 2900,
          amount_due: 2900,
          attempt_count: 1,
        },
      ],
      checkout_intent: [],
      checkout_session: [
        {
          id: "cs_plan",
          status: "complete",
          payment_status: "paid",
          amount_total: 2900,
          subscription_id: "sub_1",
        },
        {
          id: "cs_order",
          status: "complete",
          payment_status: "paid",
          amount_total: 14900,
          subscription_id: null,
        },
      ],
      order: [
        {
          id: "ord_1",
          ...tenant,
          checkout_session_id: "cs_order",
          status: "paid",
        },
      ],
      payment: [
        {
          id: "pi_1",
          status: "succeeded",
          amount: 14900,
          amount_captured: 14900,
          charge_id: "ch_1",
          amount_refunded: 14900,
        },
      ],
      refund: [
        { id: "re_1", status: "succeeded", amount: 14900, payment_id: "pi_1" },
      ],
      payment_method: [{ id: "pm_1", customer_id: "cus_1", detached: false }],
      effect: [
        {
          id: "eff_1",
          kind: "purchase_paid",
          cause: "ord_1",
          state: "done",
          payload: {},
        },
        {
          id: "eff_2",
          kind: "access_began",
          cause: "chg_1",
          state: "done",
          payload: {},
        },
        {
          id: "eff_3",
          kind: "mail.receipt",
          cause: "in_1:usr_1",
          state: "done",
          payload: { invoiceId: "in_1", addressee: { userId: "usr_1" } },
        },
      ],
      stripe_event: [{ id: "evt_1", type: "invoice.paid", state: "done" }],
      audit_entry: [
        audited("customer.created", "cus_1"),
        audited("subscription.changed", "sub_1"),
        audited("checkout.completed", "cs_plan"),
        audited("checkout.completed", "cs_order"),
        audited("order.recorded", "ord_1"),
        audited("payment.changed", "pi_1"),
        audited("refund.changed", "re_1"),
      ],
    },
    acknowledged: ["evt_1"],
    handled: ["invoice.paid"],
    paid: [
      { tenantId: "ten_1", sessionId: "cs_plan", kind: "plan" },
      { tenantId: "ten_1", sessionId: "cs_order", kind: "order" },
    ],
    said: [{ msg: "purchase paid", orderId: "ord_1" }],
    leaks: [],
    mails: ["<eff_3@localhost>"],
  };
}

describe("the checkers of npm run chaos", () => {
  it("find nothing where nothing is wrong", () => {
    expect(findViolations(sound())).toEqual([]);
  });

  it.each(Object.entries(plants))("find it when %s", (_, plant) => {
    expect(findViolations(plant(sound()))).not.toEqual([]);
  });
});
