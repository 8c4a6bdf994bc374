import type { PaymentMethod } from "../objects";
import { NOT_AUTHENTICATED } from "../resources/challenges";
import { detachPaymentMethod } from "../resources/saved-cards";
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
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(url.pathname, { errors, typed });
  const return_url = `${ctx.origin}${url.pathname}/saved`;
  let saved: ReturnType<typeof saveCard> = {};
  const refused = attempt(ctx, () => {
    saved = saveCard(ctx, customer, { ...card, return_url });
  });
  if (refused)
    return flashed(url.pathname, { errors: cardErrorOf(refused), typed });
  if (saved.challenge) return { redirect: saved.challenge };
  return done(portal, "payment_method_update", "Your card is saved.");
}

/** Back from the bank: a card that passed becomes the default, however often this is asked. */
export function showSavedCard(portal: Portal): Page {
  const { ctx, customer, here, url } = portal;
  const id = url.searchParams.get("setup_intent") ?? "";
  const intent = ctx.store.get("setup_intent", id);
  if (intent?.customer !== customer.id) return notOffered(portal);
  const method = intent.status === "succeeded" ? intent.payment_method : null;
  if (!method) {
    const cardNumber = intent.last_setup_error?.message ?? NOT_AUTHENTICATED;
    return flashed(`${here}/payment-methods`, { errors: { cardNumber } });
  }
  if (customer.invoice_settings.default_payment_method !== method)
    attempt(ctx, () => makeDefault(ctx, customer, method));
  return done(portal, "payment_method_update", "Your card is saved.");
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
