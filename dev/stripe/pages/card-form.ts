import { passesLuhn } from "../cards";
import type { ApiError } from "../errors";
import type { CardEntry } from "../resources/saved-cards";
import { field } from "./fields";
import type { Flash } from "./flash";
import { html, type Html } from "./html";

/** Reads what was typed as a person types it: spaces in the number, `MM / YY`. */
export function readCard(
  form: URLSearchParams,
  now: Date,
): { card: CardEntry; errors: Record<string, string> } {
  const text = (name: string) => (form.get(name) ?? "").trim();
  const number = text("cardNumber").replace(/[\s-]/g, "");
  const errors: Record<string, string> = {};
  if (number === "") errors.cardNumber = "Enter your card number.";
  else if (!passesLuhn(number))
    errors.cardNumber = "Your card number is incorrect.";

  const [, month = "", year = ""] =
    /^(\d{1,2})\s*\/?\s*(\d{4}|\d{2})$/.exec(text("cardExpiry")) ?? [];
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
  if (!digits.test(text("cardCvc")))
    errors.cardCvc = "Your card's security code is invalid.";
  const name = text("cardName");
  if (name === "") errors.cardName = "Enter the name on the card.";
  return { card: { number, exp_month, exp_year, name }, errors };
}

/** A refusal is told beside the field it is about. */
export function cardErrorOf(refusal: ApiError): Record<string, string> {
  const { code, message } = refusal.body;
  if (code === "expired_card") return { cardExpiry: message };
  if (code === "incorrect_cvc") return { cardCvc: message };
  return { cardNumber: message };
}

export function cardFields(said: Flash): Html {
  return html`${field(said, {
      name: "cardNumber",
      label: "Card number",
      autocomplete: "cc-number",
      attributes: html`inputmode="numeric" placeholder="4242 4242 4242 4242"`,
      secret: true,
    })}
    <div class="pair">
      ${field(said, {
        name: "cardExpiry",
        label: "Expiry",
        autocomplete: "cc-exp",
        attributes: html`inputmode="numeric" placeholder="MM / YY"`,
      })}
      ${field(said, {
        name: "cardCvc",
        label: "CVC",
        autocomplete: "cc-csc",
        attributes: html`inputmode="numeric" placeholder="123"`,
        secret: true,
      })}
    </div>
    ${field(said, { name: "cardName", label: "Name on card", autocomplete: "cc-name" })}`;
}

export function cardHint(): Html {
  return html`<section aria-labelledby="cards">
    <h2 id="cards">Test cards</h2>
    <p class="soft">Any future expiry and any three digits as CVC.</p>
    <ul>
      <li>4242 4242 4242 4242 is accepted</li>
      <li>4000 0027 6000 3184 asks for 3D Secure each time</li>
      <li>4000 0000 0000 0002 is declined</li>
      <li>4000 0000 0000 9995 has insufficient funds</li>
      <li>4000 0000 0000 0069 has expired</li>
      <li>4000 0000 0000 0341 can be saved, but not charged</li>
    </ul>
  </section>`;
}
