import { html, type Html } from "./html";
import type { Flash } from "./flash";

type Said = Pick<Flash, "errors" | "typed">;

/** A labelled input with its error beside it. What was typed stays, except where `secret`. */
export function field(
  said: Said,
  given: {
    name: string;
    label: string;
    autocomplete?: string;
    attributes?: Html;
    optional?: boolean;
    secret?: boolean;
    value?: string | null | undefined;
  },
): Html {
  const { name, label, autocomplete = "off" } = given;
  const error = said.errors[name];
  const value = given.secret ? "" : (said.typed[name] ?? given.value ?? "");
  return html`<div>
    <label for="${name}">${label}${given.optional && " (optional)"}</label>
    <input
      id="${name}"
      name="${name}"
      value="${value}"
      autocomplete="${autocomplete}"
      ${!given.optional && html`required`}
      ${given.attributes}
      ${error && html`aria-invalid="true" aria-describedby="${name}-error"`}
    />
    ${error && html`<p class="error" id="${name}-error">${error}</p>`}
  </div>`;
}

/** A choice of one; the legend is its question. */
export function choice(
  given: { name: string; legend: string; chosen?: string | null },
  options: { value: string; label: string; hint?: string }[],
): Html {
  return html`<fieldset>
    <legend>${given.legend}</legend>
    ${options.map(
      ({ value, label, hint }) =>
        html`<label class="option">
          <input
            type="radio"
            name="${given.name}"
            value="${value}"
            ${value === given.chosen && html`checked`}
          />
          <span
            >${label}${hint && html`<br /><span class="soft">${hint}</span>`}</span
          >
        </label>`,
    )}
  </fieldset>`;
}

export const ADDRESS = [
  ["line1", "Address line 1", "address-line1"],
  ["line2", "Address line 2", "address-line2"],
  ["city", "City", "address-level2"],
  ["state", "State", "address-level1"],
  ["postal_code", "Postal code", "postal-code"],
  ["country", "Country", "country"],
] as const;

export function addressFields(
  said: Said,
  given: {
    prefix: "billing" | "shipping";
    value?: Partial<Record<(typeof ADDRESS)[number][0], string | null>> | null;
  },
): Html[] {
  return ADDRESS.map(([part, label, autocomplete]) =>
    field(said, {
      name: `${given.prefix}_${part}`,
      label,
      autocomplete: `${given.prefix} ${autocomplete}`,
      optional: part === "line2" || part === "state",
      value: given.value?.[part],
      ...(part === "country" && {
        attributes: html`maxlength="2" placeholder="US"`,
      }),
    }),
  );
}

/** What `addressFields` sent, with what is wrong by field. */
export function readAddress(
  form: URLSearchParams,
  prefix: "billing" | "shipping",
): {
  address: Record<(typeof ADDRESS)[number][0], string | null>;
  errors: Record<string, string>;
} {
  const text = (part: string) => form.get(`${prefix}_${part}`)?.trim() || null;
  const address = {
    city: text("city"),
    country: text("country")?.toUpperCase() ?? null,
    line1: text("line1"),
    line2: text("line2"),
    postal_code: text("postal_code"),
    state: text("state"),
  };
  const errors: Record<string, string> = {};
  for (const [part, label] of ADDRESS) {
    if (part === "line2" || part === "state" || address[part]) continue;
    errors[`${prefix}_${part}`] = `Enter the ${label.toLowerCase()}.`;
  }
  if (address.country && !/^[A-Z]{2}$/.test(address.country))
    errors[`${prefix}_country`] =
      "Enter the country's two letters, such as US.";
  return { address, errors };
}
