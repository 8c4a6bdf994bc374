import { passesLuhn, testCard } from "../cards";
import type { ApiError } from "../errors";
import type { CardEntry } from "../resources/saved-cards";
import { html, type Html } from "./html";

export type CardField =
  "cardCvc" | "cardExpiry" | "cardName" | "cardNumber" | "email";
export type Typed = Partial<Record<CardField, string>>;
export type FieldErrors = Partial<Record<CardField, string>>;

const THREE_D_SECURE =
  "This card asks for 3D Secure, which is not supported by this emulator yet. Use another test card.";

/** Reads what was typed as a person types it: spaces in the number, `MM / YY`. */
export function readCard(
  typed: Typed,
  now: Date,
): { card: Omit<CardEntry, "email" | "name">; errors: FieldErrors } {
  const number = (typed.cardNumber ?? "").replace(/[\s-]/g, "");
  const errors: FieldErrors = {};
  if (number === "") errors.cardNumber = "Enter your card number.";
  else if (!passesLuhn(number))
    errors.cardNumber = "Your card number is incorrect.";
  else if (testCard(number).challenge) errors.cardNumber = THREE_D_SECURE;

  const [, month = "", year = ""] =
    /^\s*(\d{1,2})\s*\/?\s*(\d{4}|\d{2})\s*$/.exec(typed.cardExpiry ?? "") ??
    [];
  const exp_month = Number(month);
  const exp_year = year.length === 2 ? 2000 + Number(year) : Number(year);
  if (month === "") errors.cardExpiry = "Enter the expiry as MM / YY.";
  else if (exp_month < 1 || exp_month > 12) {
    errors.cardExpiry = "Your card's expiration month is invalid.";
  } else if (
    Date.UTC(exp_year, exp_month) <= now.getTime() ||
    exp_year > now.getUTCFullYear() + 50
  ) {
    errors.cardExpiry = "Your card's expiration year is invalid.";
  }
  const digits = /^3[47]/.test(number) ? /^\d{3,4}$/ : /^\d{3}$/;
  if (!digits.test((typed.cardCvc ?? "").trim())) {
    errors.cardCvc = "Your card's security code is invalid.";
  }
  if ((typed.cardName ?? "").trim() === "")
    errors.cardName = "Enter the name on the card.";
  return { card: { number, exp_month, exp_year }, errors };
}

/** A refusal is told beside the field it is about. */
export function cardErrorOf(refusal: ApiError): FieldErrors {
  const { code, message } = refusal.body;
  if (code === "expired_card") return { cardExpiry: message };
  if (code === "incorrect_cvc") return { cardCvc: message };
  return { cardNumber: message };
}

const LABELS: Record<
  CardField,
  { label: string; autocomplete: string; attributes: Html }
> = {
  email: {
    label: "Email",
    autocomplete: "email",
    attributes: html`type="email"`,
  },
  cardNumber: {
    label: "Card number",
    autocomplete: "cc-number",
    attributes: html`inputmode="numeric" placeholder="4242 4242 4242 4242"`,
  },
  cardExpiry: {
    label: "Expiry",
    autocomplete: "cc-exp",
    attributes: html`inputmode="numeric" placeholder="MM / YY"`,
  },
  cardCvc: {
    label: "CVC",
    autocomplete: "cc-csc",
    attributes: html`inputmode="numeric" placeholder="123"`,
  },
  cardName: {
    label: "Name on card",
    autocomplete: "cc-name",
    attributes: html``,
  },
};

export function field(
  name: CardField,
  typed: Typed,
  errors: FieldErrors,
): Html {
  const { label, autocomplete, attributes } = LABELS[name];
  const error = errors[name];
  // Never sent back: the number and the code are typed again after a refusal.
  const value =
    name === "cardNumber" || name === "cardCvc" ? "" : (typed[name] ?? "");
  return html`<div>
    <label for="${name}">${label}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="${autocomplete}"
      required
      ${attributes}
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
  </div>`;
}

export function cardFields(typed: Typed, errors: FieldErrors): Html {
  return html`${field("cardNumber", typed, errors)}
    <div class="pair">
      ${field("cardExpiry", typed, errors)} ${field("cardCvc", typed, errors)}
    </div>
    ${field("cardName", typed, errors)}`;
}

export function cardHint(): Html {
  return html`<section aria-labelledby="cards">
    <h2 id="cards">Test cards</h2>
    <p class="soft">Any future expiry and any three digits as CVC.</p>
    <ul>
      <li>4242 4242 4242 4242 is accepted</li>
      <li>4000 0000 0000 0002 is declined</li>
      <li>4000 0000 0000 9995 has insufficient funds</li>
      <li>4000 0000 0000 0069 has expired</li>
      <li>4000 0000 0000 0341 can be saved, but not charged</li>
    </ul>
  </section>`;
}
