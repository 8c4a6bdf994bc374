import { expect, it } from "vitest";
import { auditSentence } from "@/app/t/[tenant]/audit/_components/audit-sentence";

const said = (action: string, status: string) =>
  auditSentence({
    id: "1",
    at: new Date(),
    action,
    objectId: "pi_1",
    cause: "evt_1",
    details: { status },
    actor: { kind: "stripe", name: null },
    person: null,
  });

it.each([
  ["payment.changed", "succeeded", "Stripe updated a payment: paid"],
  [
    "payment.changed",
    "requires_payment_method",
    "Stripe updated a payment: waits for a way to pay",
  ],
  ["refund.changed", "failed", "Stripe updated a refund: did not arrive"],
  ["dispute.changed", "won", "Stripe updated a dispute: won"],
  [
    "dispute.changed",
    "a_state_of_tomorrow",
    "Stripe updated a dispute: a state of tomorrow",
  ],
])("%s to %s reads: %s", (action, status, sentence) => {
  expect(said(action, status)).toBe(sentence);
});
