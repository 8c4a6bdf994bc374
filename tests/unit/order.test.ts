import { describe, expect, it } from "vitest";
import { orderStatus } from "@/lib/sync/order";

describe("a one-time purchase", () => {
  it.each([
    ["paid", null, "paid"],
    ["no_payment_required", null, "paid"],
    ["unpaid", "processing", "pending"],
    ["unpaid", "requires_payment_method", "failed"],
    ["unpaid", "canceled", "failed"],
  ] as const)(
    "that is %s with a payment %s is %s (hazard 50)",
    (status, payment, order) => {
      const intent = payment && { status: payment };
      expect(
        orderStatus({
          payment_status: status,
          payment_intent: intent as never,
        }),
      ).toBe(order);
    },
  );
});
