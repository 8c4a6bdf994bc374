import { actionRequired } from "@/lib/emails/action-required";
import { doubled } from "@/lib/emails/doubled";
import { emailChange } from "@/lib/emails/email-change";
import { emailChanged } from "@/lib/emails/email-changed";
import { ended } from "@/lib/emails/ended";
import { ending } from "@/lib/emails/ending";
import { invitation } from "@/lib/emails/invitation";
import type { Terms } from "@/lib/emails/payload";
import { paymentAsked } from "@/lib/emails/payment-asked";
import { paymentFailed } from "@/lib/emails/payment-failed";
import { planChanged } from "@/lib/emails/plan-changed";
import { receipt } from "@/lib/emails/receipt";
import { refundFailed } from "@/lib/emails/refund-failed";
import { refunded } from "@/lib/emails/refunded";
import { resetPassword } from "@/lib/emails/reset-password";
import { trialEnding } from "@/lib/emails/trial-ending";
import { verifyEmail } from "@/lib/emails/verify-email";
import type { Mail } from "@/lib/platform/mail";

const to = "ada@example.com";
const url = "https://app.example.com/somewhere?token=sample";
const about = {
  to,
  workspace: "Ada’s workspace",
  billingUrl: "https://app.example.com/t/adas-workspace/billing",
};
const day = (date: number) => new Date(Date.UTC(2027, 2, date));
const usd = (amount: bigint) => ({ amount, currency: "usd" });

const terms = (productId: string, unitAmount: bigint): Terms => ({
  currency: "usd",
  items: [
    { productId, quantity: 1, unitAmount, interval: "month", intervalCount: 1 },
  ],
});
const pro = terms("plan_pro", 2900n);
const business = terms("plan_business", 9900n);

const line = (productId: string, description: string, amount: bigint) => ({
  productId,
  description,
  amount,
  from: day(12),
  until: new Date(Date.UTC(2027, 3, 12)),
});

/** Every mail, with data that a person can imagine. */
export const mailSamples: Readonly<Record<string, Mail>> = {
  "verify-email": verifyEmail({ name: "Ada", to, url }),
  "reset-password": resetPassword({ name: "Ada", to, url }),
  "email-change": emailChange({ name: "Ada", to, url }),
  "email-changed": emailChanged({
    name: "Ada",
    to,
    newEmail: "lovelace@example.com",
  }),
  invitation: invitation({
    to,
    workspace: "Grace’s workspace",
    inviter: "Grace",
    role: "billing",
    url,
    expiresAt: day(19),
  }),
  receipt: receipt(about, {
    total: usd(2900n),
    paid: 2900n,
    paidAt: day(12),
    number: "TURN-0001",
    lines: [line("plan_pro", "1 × Pro (at $29.00 / month)", 2900n)],
    url,
  }),
  "receipt-of-a-change": receipt(about, {
    total: usd(8433n),
    paid: 7433n,
    paidAt: day(14),
    number: "TURN-0002",
    lines: [
      line("plan_pro", "Unused time on Pro after 14 Mar 2027", -1467n),
      line(
        "plan_business",
        "Remaining time on Business after 14 Mar 2027",
        9900n,
      ),
    ],
    url,
  }),
  "payment-failed": paymentFailed(about, {
    due: usd(2900n),
    number: "TURN-0003",
    nextAttemptAt: day(15),
    url,
  }),
  "payment-failed-for-good": paymentFailed(about, {
    due: usd(2900n),
    number: "TURN-0003",
    nextAttemptAt: null,
    url,
  }),
  "action-required": actionRequired(about, {
    due: usd(2900n),
    number: "TURN-0004",
    url,
  }),
  "payment-asked": paymentAsked(about, {
    due: usd(45000n),
    description: "Migration of your data",
    confirms: false,
    url,
  }),
  "payment-to-confirm": paymentAsked(about, {
    due: usd(45000n),
    description: "Migration of your data",
    confirms: true,
    url,
  }),
  "trial-ending": trialEnding(about, {
    terms: pro,
    trialEnd: day(15),
    hasPaymentMethod: true,
  }),
  "trial-ending-without-a-card": trialEnding(about, {
    terms: pro,
    trialEnd: day(15),
    hasPaymentMethod: false,
  }),
  "plan-changed": planChanged(about, {
    from: pro,
    to: business,
    since: day(14),
  }),
  ending: ending(about, { terms: pro, endsAt: day(31) }),
  doubled: doubled(about, {
    productIds: ["plan_business"],
    keptProductIds: ["plan_pro"],
    refunded: usd(9900n),
  }),
  ended: ended(about, { terms: pro, endedAt: day(31), unpaid: false }),
  "ended-unpaid": ended(about, { terms: pro, endedAt: day(31), unpaid: true }),
  refunded: refunded(about, {
    refund: usd(1000n),
    payment: { amount: 2900n, at: day(12) },
  }),
  "refund-failed": refundFailed(about, {
    refund: usd(1000n),
    askedAt: day(14),
    reason: "expired_or_canceled_card",
    payment: { amount: 2900n, at: day(12) },
  }),
  "refund-stopped-by-a-dispute": refundFailed(about, {
    refund: usd(1000n),
    askedAt: day(14),
    reason: "charge_for_pending_refund_disputed",
    payment: { amount: 2900n, at: day(12) },
  }),
};
