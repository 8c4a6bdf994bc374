import { withoutRequest, type Context } from "../context";
import type { Control } from "../control";
import type { Customer, PortalSession, Subscription } from "../objects";
import {
  cancelLater,
  cancelNow,
  putSubscription,
  undoCancel,
} from "../resources/subscription-cancel";
import { requireConfiguration } from "../resources/portal-configurations";
import { VISITED_SECONDS } from "../resources/portal-sessions";
import {
  cardErrorOf,
  readCard,
  type FieldErrors,
  type Typed,
} from "./card-form";
import { messagePage } from "./layout";
import { ok, type Page } from "./page";
import { saveCard } from "./portal-card";
import { portalView, type PortalView } from "./portal-view";

const NOTICES: Record<string, string> = {
  cancel: "Your subscription will not renew.",
  canceled: "Your subscription is canceled.",
  card: "Your card is saved.",
  renew: "Your subscription renews again.",
};
type Visit = { session: PortalSession; customer: Customer };

export function showPortal(
  control: Control,
  key: string,
  done: string | null,
): Page {
  const ctx = withoutRequest(control.api);
  const visit = enter(ctx, key);
  if (!visit) return expired(ctx, key);
  const notice =
    done && Object.hasOwn(NOTICES, done) ? (NOTICES[done] ?? null) : null;
  return ok(portalView({ ...viewOf(ctx, visit), notice }));
}

export function submitPortal(
  control: Control,
  key: string,
  form: { action: string; subscription: string; typed: Typed },
): Page {
  const ctx = withoutRequest(control.api);
  const visit = enter(ctx, key);
  if (!visit) return expired(ctx, key);
  const here = `/p/session/${key}`;
  if (form.action === "card") {
    const read = readCard(form.typed, new Date(ctx.clock.nowMs()));
    const name = (form.typed.cardName ?? "").trim();
    const invalid = Object.keys(read.errors).length > 0;
    const refusal = invalid
      ? undefined
      : saveCard(ctx, visit.customer, { ...read.card, name });
    ctx.wake();
    if (!invalid && !refusal) return { redirect: `${here}?done=card` };
    const errors: FieldErrors = refusal ? cardErrorOf(refusal) : read.errors;
    const view = { ...viewOf(ctx, visit), typed: form.typed, errors };
    return ok(portalView(view), refusal ? 402 : 422);
  }
  const subscription = ctx.store.get("subscription", form.subscription);
  if (subscription?.customer !== visit.customer.id) return expired(ctx, key);
  const done = ctx.store.transact(() =>
    change(ctx, visit.session, subscription, form.action),
  );
  ctx.wake();
  return { redirect: done ? `${here}?done=${done}` : here };
}

/** Repeating a submit changes nothing; what the configuration forbids is ignored. */
function change(
  ctx: Context,
  session: PortalSession,
  subscription: Subscription,
  action: string,
): string | undefined {
  const { features } = requireConfiguration(ctx, session.configuration);
  if (subscription.ended_at !== null) return undefined;
  if (action === "renew" && subscription.cancel_at !== null) {
    putSubscription(ctx, subscription, undoCancel(subscription));
    return "renew";
  }
  if (action !== "cancel" || !features.subscription_cancel.enabled)
    return undefined;
  if (features.subscription_cancel.mode === "immediately") {
    cancelNow(ctx, subscription, {});
    return "canceled";
  }
  if (subscription.cancel_at === null) {
    const flag = subscription.billing_mode.type === "classic";
    putSubscription(
      ctx,
      subscription,
      cancelLater(ctx, subscription, { cancel_at_period_end: flag }),
    );
  }
  return "cancel";
}

/** The visit behind a link that still lives; each visit keeps it alive for an hour. */
function enter(ctx: Context, key: string): Visit | undefined {
  const [session] = ctx.store.all("portal_session", { index: "url", key });
  const visit = session && ctx.store.get("portal_visit", session.id);
  const customer = session && ctx.store.get("customer", session.customer);
  if (!visit || !customer || customer.deleted) return undefined;
  if (visit.expires_at <= ctx.clock.now()) return undefined;
  const expires_at = ctx.clock.now() + VISITED_SECONDS;
  if (expires_at !== visit.expires_at)
    ctx.store.put("portal_visit", { ...visit, expires_at });
  return { session, customer };
}

function viewOf(ctx: Context, { session, customer }: Visit): PortalView {
  const by = { index: "customer", key: customer.id };
  const cardOf = (id: string | null) =>
    id ? (ctx.store.get("payment_method", id) ?? null) : null;
  const live = ctx.store
    .all("subscription", by)
    .filter((one) => one.ended_at === null)
    .reverse();
  return {
    customer,
    features: requireConfiguration(ctx, session.configuration).features,
    subscriptions: live.map((subscription) => ({
      subscription,
      name: subscription.items.data
        .map(
          ({ price }) =>
            ctx.store.get("product", price.product)?.name ?? price.product,
        )
        .join(", "),
      card: cardOf(subscription.default_payment_method),
    })),
    card: cardOf(
      customer.invoice_settings.default_payment_method ??
        live[0]?.default_payment_method ??
        null,
    ),
    invoices: ctx.store.all("invoice", by).reverse().slice(0, 24),
    returnUrl: session.return_url,
    notice: null,
    typed: {},
    errors: {},
  };
}

function expired(ctx: Context, key: string): Page {
  const [session] = ctx.store.all("portal_session", { index: "url", key });
  const back = session?.return_url;
  return ok(
    messagePage({
      title: "This link has expired",
      text: "Open billing again from the shop to get a new link.",
      link: back
        ? { href: back, label: `Return to ${new URL(back).host}` }
        : undefined,
    }),
    session ? 200 : 404,
  );
}
