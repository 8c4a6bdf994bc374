export type CardFailure = {
  code: string;
  decline_code?: string;
  message: string;
};

/** What a documented test number does: when saved, when charged, and whether it asks for 3D Secure. */
export type TestCard = {
  brand: string;
  funding: "credit" | "debit" | "prepaid";
  onSave?: CardFailure;
  onCharge?: CardFailure;
  /** `always`, until it has been set up for later payments, or only while its owner is there. */
  challenge?: "always" | "on_session" | "until_set_up";
};

const DECLINED = "Your card was declined.";

function refused(
  decline_code: string,
  message = DECLINED,
  code = "card_declined",
): CardFailure {
  return code === "card_declined"
    ? { code, decline_code, message }
    : { code, message };
}
function visa(rest: Partial<TestCard> = {}): TestCard {
  return { brand: "visa", funding: "credit", ...rest };
}
function refusing(failure: CardFailure): TestCard {
  return visa({ onSave: failure, onCharge: failure });
}
const generic = refused("generic_decline");
const noFunds = refused(
  "insufficient_funds",
  "Your card has insufficient funds.",
);
const processing = refused(
  "",
  "An error occurred while processing your card. Try again in a little bit.",
  "processing_error",
);

const CARDS: Record<string, TestCard> = {
  "4242424242424242": visa(),
  "4000056655665556": visa({ funding: "debit" }),
  "5555555555554444": { brand: "mastercard", funding: "credit" },
  "5200828282828210": { brand: "mastercard", funding: "debit" },
  "5105105105105100": { brand: "mastercard", funding: "prepaid" },
  "378282246310005": { brand: "amex", funding: "credit" },
  "6011111111111117": { brand: "discover", funding: "credit" },
  "3566002020360505": { brand: "jcb", funding: "credit" },
  "3056930009020004": { brand: "diners", funding: "credit" },
  "6200000000000005": { brand: "unionpay", funding: "credit" },
  "4000000000000002": refusing(generic),
  "4000000000009995": refusing(noFunds),
  "4000000000009987": refusing(refused("lost_card")),
  "4000000000009979": refusing(refused("stolen_card")),
  "4000000000006975": refusing(refused("card_velocity_exceeded")),
  "4100000000000019": refusing(refused("fraudulent")),
  "4000000000000069": refusing(
    refused("", "Your card has expired.", "expired_card"),
  ),
  "4000000000000127": refusing(
    refused("", "Your card's security code is incorrect.", "incorrect_cvc"),
  ),
  "4000000000000119": refusing(processing),
  "4000000000000341": visa({ onCharge: generic }),
  "4000000000004954": visa({ onCharge: refused("highest_risk_level") }),
  "4000002500003155": visa({ challenge: "until_set_up" }),
  "4000002760003184": visa({ challenge: "always" }),
  "4000003800000446": visa({ challenge: "on_session" }),
  "4000008260003178": visa({ challenge: "always", onCharge: noFunds }),
  "4000000000003220": visa({ challenge: "always" }),
  "4000008400001629": visa({ challenge: "always", onCharge: generic }),
  "4000008400001280": visa({ challenge: "always", onCharge: processing }),
};

/** Tokens that stand for a number: `pm_card_visa` and `tok_visa` alike. */
const TOKENS: Record<string, string> = {
  visa: "4242424242424242",
  visa_debit: "4000056655665556",
  mastercard: "5555555555554444",
  mastercard_debit: "5200828282828210",
  mastercard_prepaid: "5105105105105100",
  amex: "378282246310005",
  discover: "6011111111111117",
  jcb: "3566002020360505",
  diners: "3056930009020004",
  unionpay: "6200000000000005",
  chargeDeclined: "4000000000000002",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedLostCard: "4000000000009987",
  chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  chargeCustomerFail: "4000000000000341",
  radarBlock: "4100000000000019",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequired: "4000002760003184",
  authenticationRequiredSetupForOffSession: "4000003800000446",
  authenticationRequiredChargeDeclinedInsufficientFunds: "4000008260003178",
  threeDSecure2Required: "4000000000003220",
  threeDSecureRequiredChargeDeclined: "4000008400001629",
  threeDSecureRequiredProcessingError: "4000008400001280",
  threeDSecureOptional: "4000000000003055",
  createDispute: "4000000000000259",
  createDisputeProductNotReceived: "4000000000002685",
  createDisputeInquiry: "4000000000001976",
  createIssuerFraudRecord: "4000000000005423",
  pendingRefund: "4000000000007726",
  refundFail: "4000000000005126",
  bypassPending: "4000000000000077",
};

export function numberOfToken(token: string): string | undefined {
  const [, name] =
    /^(?:pm_card|tok)_(?:visa_(?=charge))?(\w+)$/.exec(token) ?? [];
  return name && Object.hasOwn(TOKENS, name) ? TOKENS[name] : undefined;
}

/** Any other number that passes Luhn behaves like a plain card of its brand. */
export function testCard(number: string): TestCard {
  const known = Object.hasOwn(CARDS, number) ? CARDS[number] : undefined;
  return known ?? { brand: brandOf(number), funding: "credit" };
}

function brandOf(number: string): string {
  if (/^3[47]/.test(number)) return "amex";
  if (/^(5[1-5]|2[2-7])/.test(number)) return "mastercard";
  if (/^6(011|5)/.test(number)) return "discover";
  return number.startsWith("4") ? "visa" : "unknown";
}

export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false;
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}
