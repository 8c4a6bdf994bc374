import type { BankEntry } from "../resources/bank-debits";
import { field } from "./fields";
import type { Flash } from "./flash";
import { html, type Html } from "./html";

export function readBank(form: URLSearchParams): {
  bank: Omit<BankEntry, "email">;
  errors: Record<string, string>;
} {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const [account, routing] = [text("accountNumber"), text("routingNumber")];
  const name = text("accountName");
  const errors: Record<string, string> = {};
  if (!/^\d{9}$/.test(routing))
    errors.routingNumber = "Enter the nine digits of the routing number.";
  if (!/^\d{4,17}$/.test(account))
    errors.accountNumber = "Enter the account number, digits only.";
  if (name === "") errors.accountName = "Enter the account holder's name.";
  return { bank: { account, routing, name }, errors };
}

export function bankFields(said: Flash): Html {
  const digits = html`inputmode="numeric"`;
  return html`${field(said, { name: "routingNumber", label: "Routing number", attributes: digits })}
    ${field(said, { name: "accountNumber", label: "Account number", attributes: digits })}
    ${field(said, { name: "accountName", label: "Account holder", autocomplete: "name" })}
    <p class="soft">
      The bank answers in three days. Until then the payment is under way.
    </p>`;
}

export function bankHint(): Html {
  return html`<section aria-labelledby="accounts">
    <h2 id="accounts">Test accounts</h2>
    <p class="soft">Routing number 110000000.</p>
    <ul>
      <li>000123456789 has the money</li>
      <li>000222222227 has not</li>
    </ul>
  </section>`;
}
