import { ask, attempt } from "./ask";
import { addressFields, field, readAddress } from "./fields";
import { flashed, hasFailed } from "./flash";
import { html } from "./html";
import { alerts, layout } from "./layout";
import { ok, type Page } from "./page";
import { backLink, done, notOffered, type Portal } from "./portal-visit";

const TEXTS = [
  { name: "name", label: "Name", autocomplete: "name" },
  { name: "email", label: "Email", autocomplete: "email" },
  { name: "phone", label: "Phone", autocomplete: "tel", optional: true },
] as const;

export function showDetails(portal: Portal): Page {
  const { customer, configuration, flash } = portal;
  const { enabled, allowed_updates: allowed } =
    configuration.features.customer_update;
  if (!enabled) return notOffered(portal);
  return ok(
    layout(
      `${hasFailed(flash) ? "Error: " : ""}Billing details`,
      html`${backLink(portal)}
        <h1>Billing details</h1>
        ${alerts(flash)}
        <section aria-label="Details">
          <form method="post" novalidate>
            ${TEXTS.filter(({ name }) => allowed.includes(name)).map((one) =>
              field(flash, { ...one, value: customer[one.name] }),
            )}
            ${
              allowed.includes("address") &&
              addressFields(flash, {
                prefix: "billing",
                value: customer.address ?? null,
              })
            }
            ${
              allowed.includes("tax_id") &&
              field(flash, {
                name: "tax_id",
                label: "Add an EU VAT number",
                attributes: html`placeholder="DE123456789"`,
                optional: true,
              })
            }
            <button type="submit">Save details</button>
          </form>
        </section>`,
    ),
  );
}

export function submitDetails(portal: Portal): Page {
  const { ctx, customer, configuration, form, url } = portal;
  const { enabled, allowed_updates: allowed } =
    configuration.features.customer_update;
  if (!enabled) return notOffered(portal);
  const params: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const { name, label } of TEXTS) {
    if (!allowed.includes(name)) continue;
    params[name] = form.get(name)?.trim() ?? "";
    if (name !== "phone" && params[name] === "")
      errors[name] = `Enter the ${label.toLowerCase()}.`;
  }
  if (allowed.includes("address")) {
    const read = readAddress(form, "billing");
    Object.assign(errors, read.errors);
    for (const [part, value] of Object.entries(read.address))
      params[`address[${part}]`] = value ?? "";
  }
  const vat = allowed.includes("tax_id") ? form.get("tax_id")?.trim() : "";
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(url.pathname, { errors, typed });
  const refused = attempt(ctx, () => {
    if (vat)
      ask(ctx, `POST /v1/customers/${customer.id}/tax_ids`, {
        type: "eu_vat",
        value: vat,
      });
    return ask(ctx, `POST /v1/customers/${customer.id}`, params);
  });
  if (!refused)
    return done(portal, "customer_update", "Your details are saved.");
  const { param = "", message } = refused.body;
  const known =
    param in params ? { errors: { [param]: message } } : { alert: message };
  return flashed(url.pathname, { ...known, typed });
}
