import { operations } from "./contract/load";
import type { ContractOperation } from "./contract/shape";
import type { Operation } from "./operation";
import { accountOperations } from "./resources/account";
import { balanceOperations } from "./resources/balance-transactions";
import { chargeOperations } from "./resources/charges";
import { checkoutOperations } from "./resources/checkout-sessions";
import { couponOperations } from "./resources/coupons";
import { creditNoteOperations } from "./resources/credit-notes";
import { customerBalanceOperations } from "./resources/customer-balance";
import { customerOperations } from "./resources/customers";
import { disputeOperations } from "./resources/disputes";
import { eventOperations } from "./resources/events";
import { fraudWarningOperations } from "./resources/hearsay";
import { invoiceItemOperations } from "./resources/invoice-items";
import { invoicePaymentOperations } from "./resources/invoice-payments";
import { invoiceOperations } from "./resources/invoices";
import { paymentIntentOperations } from "./resources/payment-intents";
import { paymentMethodConfigurationOperations } from "./resources/payment-method-configurations";
import { paymentMethodOperations } from "./resources/payment-methods";
import { portalConfigurationOperations } from "./resources/portal-configurations";
import { portalSessionOperations } from "./resources/portal-sessions";
import { priceOperations } from "./resources/prices";
import { productOperations } from "./resources/products";
import { promotionCodeOperations } from "./resources/promotion-codes";
import { refundOperations } from "./resources/refunds";
import { setupIntentOperations } from "./resources/setup-intents";
import { subscriptionItemOperations } from "./resources/subscription-items";
import { subscriptionScheduleOperations } from "./resources/subscription-schedules";
import { subscriptionOperations } from "./resources/subscriptions";
import { taxIdOperations } from "./resources/tax-ids";
import { testClockOperations } from "./resources/test-clocks";
import { webhookEndpointOperations } from "./resources/webhook-endpoints";

export const OPERATIONS: Operation[] = [
  ...accountOperations,
  ...balanceOperations,
  ...chargeOperations,
  ...checkoutOperations,
  ...couponOperations,
  ...creditNoteOperations,
  ...customerBalanceOperations,
  ...customerOperations,
  ...disputeOperations,
  ...eventOperations,
  ...fraudWarningOperations,
  ...invoiceOperations,
  ...invoiceItemOperations,
  ...invoicePaymentOperations,
  ...paymentIntentOperations,
  ...paymentMethodConfigurationOperations,
  ...paymentMethodOperations,
  ...portalConfigurationOperations,
  ...portalSessionOperations,
  ...priceOperations,
  ...productOperations,
  ...promotionCodeOperations,
  ...refundOperations,
  ...setupIntentOperations,
  ...subscriptionItemOperations,
  ...subscriptionOperations,
  ...subscriptionScheduleOperations,
  ...taxIdOperations,
  ...testClockOperations,
  ...webhookEndpointOperations,
];

type Route = {
  contract: ContractOperation;
  /** Undefined where the emulator builds nothing: Stripe has it, and here it is 501. */
  operation: Operation | undefined;
  ids: [string, string];
};

const BUILT = new Map(
  OPERATIONS.map((one) => [`${one.method} ${one.path}`, one]),
);
const TABLE = new Map<
  string,
  { contract: ContractOperation; parts: string[] }[]
>();
for (const contract of operations) {
  const parts = contract.path.split("/");
  const group = `${contract.verb} ${parts.length}`;
  TABLE.set(group, [...(TABLE.get(group) ?? []), { contract, parts }]);
}
// A word is never taken for an id: `/v1/customers/search` stands before `/v1/customers/:id`.
for (const group of TABLE.values())
  group.sort((a, b) => idsIn(a.parts) - idsIn(b.parts));

/** Any operation of the pinned SDK, built here or not. */
export function findRoute(method: string, path: string): Route | undefined {
  const asked = path.split("/");
  for (const { contract, parts } of TABLE.get(`${method} ${asked.length}`) ??
    []) {
    const fits = parts.every((part, at) =>
      part === ":id" ? asked[at] : part === asked[at],
    );
    if (!fits) continue;
    const [first = "", second = ""] = asked.filter(
      (_, at) => parts[at] === ":id",
    );
    return {
      contract,
      operation: BUILT.get(`${contract.verb} ${contract.path}`),
      ids: [decoded(first), decoded(second)],
    };
  }
  return undefined;
}

function idsIn(parts: string[]): number {
  return parts.filter((part) => part === ":id").length;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    // Not an encoding: then it is no id either, and is looked up as it came.
    return segment;
  }
}
