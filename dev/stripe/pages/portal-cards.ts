import { detachPaymentMethod } from "../resources/saved-cards";
import type { PaymentMethod } from "../objects";
import { attempt } from "./ask";
import { cardErrorOf, cardFields, cardHint, readCard } from "./card-form";
import { flashed, hasFailed } from "./flash";
import { html } from "./html";
import { alerts, layout } from "./layout";
import { ok, type Page } from "./page";
import { makeDefault, saveCard } from "./portal-card";
import {
  backLink,
  cardText,
  done,
  notOffered,
  type Portal,
} from "./portal-visit";

export function showAddCard(portal: Portal): Page {
  if (!portal.configuration.features.payment_method_update.enabled)
    return notOffered(portal);
  const { flash } = portal;
  return ok(
    layout(
      `${hasFailed(flash) ? "Error: " : ""}Add payment method`,
      html`${backLink(portal)}
        <h1>Add payment method</h1>
        ${alerts(flash)}
        <section aria-label="Card">
          <form method="post" novalidate>
            ${cardFields(flash)}
            <button type="submit">Save card</button>
          </form>
        </section>
        ${cardHint()}`,
    ),
  );
}

export function submitCard(portal: Portal): Page {
  const { ctx, form, url, configuration, customer } = portal;
  if (!configuration.features.payment_method_update.enabled)
    return notOffered(portal);
  const { card, errors } = readCard(form, new Date(ctx.clock.nowMs()));
  const invalid = Object.keys(errors).length > 0;
  const refused = invalid
    ? undefined
    : attempt(ctx, () => saveCard(ctx, customer, card));
  if (!invalid && !refused)
    return done(portal, "payment_method_update", "Your card is saved.");
  return flashed(url.pathname, {
    errors: refused ? cardErrorOf(refused) : errors,
    typed: Object.fromEntries(form),
  });
}

export function submitDefaultCard(portal: Portal): Page {
  const card = ownCard(portal);
  if (!card) return notOffered(portal);
  attempt(portal.ctx, () => makeDefault(portal.ctx, portal.customer, card.id));
  return flashed(portal.here, {
    notice: `${cardText(card)} is the default now.`,
  });
}

/** The card that pays is not removed: another one is made the default first. */
export function submitRemoveCard(portal: Portal): Page {
  const { ctx, customer } = portal;
  const card = ownCard(portal);
  if (!card) return notOffered(portal);
  const by = { index: "customer", key: customer.id };
  const pays =
    customer.invoice_settings.default_payment_method === card.id ||
    ctx.store
      .all("subscription", by)
      .some(
        (one) =>
          one.ended_at === null && one.default_payment_method === card.id,
      );
  if (pays) {
    const alert = `${cardText(card)} is in use. Make another card the default first.`;
    return flashed(portal.here, { alert });
  }
  attempt(ctx, () => detachPaymentMethod(ctx, card));
  return flashed(portal.here, { notice: `${cardText(card)} is removed.` });
}

function ownCard(portal: Portal): PaymentMethod | undefined {
  const card = portal.ctx.store.get("payment_method", portal.ids[1]);
  const enabled = portal.configuration.features.payment_method_update.enabled;
  return enabled && card?.customer === portal.customer.id ? card : undefined;
}
