import { ask, attempt } from "./ask";
import { flashed } from "./flash";
import { html } from "./html";
import { alerts, layout } from "./layout";
import { ok, type Page } from "./page";
import {
  backLink,
  done,
  nameOf,
  notOffered,
  ownSubscription,
  type Portal,
} from "./portal-visit";

/** What may be stopped for an indefinite time; only what runs can be. */
export function pausable(
  { configuration }: Pick<Portal, "configuration">,
  { cancel_at, status }: { cancel_at: number | null; status: string },
): boolean {
  const runs = status === "active" || status === "trialing";
  const { enabled } = configuration.features.subscription_pause;
  return enabled && runs && cancel_at === null;
}

export function showPause(portal: Portal): Page {
  const subscription = ownSubscription(portal, portal.ids[1]);
  if (!subscription || !pausable(portal, subscription))
    return notOffered(portal);
  return ok(
    layout(
      "Pause subscription",
      html`${backLink(portal)}
        <h1>Pause ${nameOf(portal.ctx, subscription)}</h1>
        ${alerts(portal.flash)}
        <section aria-label="What happens">
          <p>
            It stops now, and nothing is charged until you resume it. What you
            paid for already is not paid back.
          </p>
          <form method="post">
            <button type="submit">Pause subscription</button>
          </form>
        </section>`,
    ),
  );
}

/** Repeating it changes nothing. */
export function submitPause(portal: Portal): Page {
  const subscription = ownSubscription(portal, portal.ids[1]);
  const notice = "Your subscription is paused.";
  if (subscription?.status === "paused")
    return done(portal, "subscription_pause", notice);
  if (!subscription || !pausable(portal, subscription))
    return notOffered(portal);
  const refused = attempt(portal.ctx, () =>
    ask(portal.ctx, `POST /v1/subscriptions/${subscription.id}/pause`, {
      type: "subscription",
    }),
  );
  if (refused) return flashed(portal.url.pathname, { alert: refused.message });
  return done(portal, "subscription_pause", notice);
}

/** A new period begins and is charged now; without its money the subscription stays paused. */
export function submitResume(portal: Portal): Page {
  const { ctx, here } = portal;
  const subscription = ownSubscription(portal, portal.ids[1]);
  if (subscription?.status !== "paused") return notOffered(portal);
  const refused = attempt(ctx, () =>
    ask(ctx, `POST /v1/subscriptions/${subscription.id}/resume`),
  );
  const after = ctx.store.get("subscription", subscription.id);
  if (refused || after?.status !== "active") {
    const alert =
      "The payment was declined. Your subscription is still paused.";
    return flashed(here, { alert });
  }
  return flashed(here, { notice: "Your subscription runs again." });
}
