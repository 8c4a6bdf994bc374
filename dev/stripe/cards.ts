export type CardFailure = {
  code: string;
  decline_code?: string;
  message: string;
};

/** What a documented test number does: when saved, when charged, and whether it asks for 3DS. */
export type TestCard = {
  brand: string;
  funding: "credit" | "debit" | "prepaid";
  onSave?: CardFailure;
  onCharge?: CardFailure;
  challenge?: boolean;
};

function declined(
  decline_code: string,
  message = "Your card was declined.",
): CardFailure {
  return { code: "card_declined", decline_code, message };
}
function refusing(onSave: CardFailure): TestCard {
  return { brand: "visa", funding: "credit", onSave, onCharge: onSave };
}
function asking(): TestCard {
  return { brand: "visa", funding: "credit", challenge: true };
}

const CARDS: Record<string, TestCard> = {
  "4242424242424242": { brand: "visa", funding: "credit" },
  "4000056655665556": { brand: "visa", funding: "debit" },
  "5555555555554444": { brand: "mastercard", funding: "credit" },
  "5200828282828210": { brand: "mastercard", funding: "debit" },
  "5105105105105100": { brand: "mastercard", funding: "prepaid" },
  "378282246310005": { brand: "amex", funding: "credit" },
  "6011111111111117": { brand: "discover", funding: "credit" },
  "3566002020360505": { brand: "jcb", funding: "credit" },
  "3056930009020004": { brand: "diners", funding: "credit" },
  "6200000000000005": { brand: "unionpay", funding: "credit" },
  "4000000000000002": refusing(declined("generic_decline")),
  "4000000000009995": refusing(
    declined("insufficient_funds", "Your card has insufficient funds."),
  ),
  "4000000000009987": refusing(declined("lost_card")),
  "4000000000009979": refusing(declined("stolen_card")),
  "4000000000006975": refusing(declined("card_velocity_exceeded")),
  "4100000000000019": refusing(declined("fraudulent")),
  "4000000000000069": refusing({
    code: "expired_card",
    message: "Your card has expired.",
  }),
  "4000000000000127": refusing({
    code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
  }),
  "4000000000000119": refusing({
    code: "processing_error",
    message:
      "An error occurred while processing your card. Try again in a little bit.",
  }),
  "4000000000000341": {
    brand: "visa",
    funding: "credit",
    onCharge: declined("generic_decline"),
  },
  "4000002500003155": asking(),
  "4000002760003184": asking(),
  "4000003800000446": asking(),
  "4000008260003178": asking(),
  "4000000000003220": asking(),
  "4000008400001629": asking(),
  "4000008400001280": asking(),
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
  visa_chargeDeclined: "4000000000000002",
  chargeDeclinedInsufficientFunds: "4000000000009995",
  visa_chargeDeclinedInsufficientFunds: "4000000000009995",
  chargeDeclinedLostCard: "4000000000009987",
  visa_chargeDeclinedLostCard: "4000000000009987",
  chargeDeclinedStolenCard: "4000000000009979",
  visa_chargeDeclinedStolenCard: "4000000000009979",
  chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  visa_chargeDeclinedVelocityLimitExceeded: "4000000000006975",
  chargeDeclinedExpiredCard: "4000000000000069",
  chargeDeclinedIncorrectCvc: "4000000000000127",
  chargeDeclinedProcessingError: "4000000000000119",
  chargeCustomerFail: "4000000000000341",
  authenticationRequiredOnSetup: "4000002500003155",
  authenticationRequired: "4000002760003184",
  threeDSecure2Required: "4000000000003220",
};

export function numberOfToken(token: string): string | undefined {
  const name = /^(?:pm_card|tok)_(\w+)$/.exec(token)?.[1];
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
