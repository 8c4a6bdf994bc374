import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { syncCheckoutSession } from "@/lib/sync/checkout-session";
import { syncCustomer } from "@/lib/sync/customer";
import { syncInvoice } from "@/lib/sync/invoice";
import { syncPayment } from "@/lib/sync/payment";
import { syncSubscription } from "@/lib/sync/subscription";
import {
  handledEvents,
  handlerFor,
  handlers,
  objectOf,
} from "@/lib/webhooks/handlers";
import { stripeEvent } from "@/lib/webhooks/event";

const about = (type: string, object: Record<string, unknown>) =>
  objectOf(
    stripeEvent.parse({
      id: "evt_1",
      object: "event",
      type,
      livemode: false,
      data: { object },
    }),
  );

describe("the object an event is about", () => {
  it.each([
    ["invoice.paid", { id: "in_1", customer: "cus_1" }, "in_1"],
    ["charge.refunded", { id: "ch_1", payment_intent: "pi_1" }, "pi_1"],
    ["customer.tax_id.deleted", { id: "txi_1", customer: "cus_1" }, "cus_1"],
    ["subscription_schedule.released", { id: "s", subscription: null }, null],
    ["some.future.event", { id: "x_1" }, "x_1"],
    ["constructor", { id: "x_1" }, "x_1"],
    ["invoice.upcoming", { customer: { odd: true } }, null],
  ])("of %s is named by the right field", (type, object, id) => {
    expect(about(type, object)).toBe(id);
  });
});

it.each([
  ["checkout.session.completed", syncCheckoutSession],
  ["checkout.session.expired", syncCheckoutSession],
  ["checkout.session.async_payment_succeeded", syncCheckoutSession],
  ["checkout.session.async_payment_failed", syncCheckoutSession],
  ["customer.subscription.created", syncSubscription],
  ["customer.subscription.updated", syncSubscription],
  ["customer.subscription.deleted", syncSubscription],
  ["customer.tax_id.updated", syncCustomer],
  ["invoice.paid", syncInvoice],
  ["invoice.payment_succeeded", syncInvoice],
  ["invoice.payment_failed", syncInvoice],
  ["invoice.payment_action_required", syncInvoice],
  ["payment_intent.succeeded", syncPayment],
  ["payment_intent.payment_failed", syncPayment],
  ["charge.refunded", syncPayment],
  ["refund.failed", syncPayment],
  ["charge.dispute.created", syncPayment],
  ["charge.dispute.closed", syncPayment],
])("%s, which was promised, is listened to", (type, sync) => {
  expect(handlerFor(type)?.sync).toBe(sync);
});

describe("docs/events.md", () => {
  it("says of each event what is fetched and why we listen, and of no other", async () => {
    const page = await readFile("docs/events.md", "utf8");
    const rows = [...page.matchAll(/^\| `([a-z_.]+)` +\| .+?\| +(.+?) +\|$/gm)];
    expect(rows.map(([, type, why]) => [type, why])).toEqual(
      handledEvents.map((type) => [type, handlers[type]?.why]),
    );
  });
});
