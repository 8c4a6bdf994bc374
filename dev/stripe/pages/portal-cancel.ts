import {
  cancelLater,
  periodEnd,
  putSubscription,
  undoCancel,
} from "../resources/subscription-cancel";
import type { Coupon, Subscription } from "../objects";
import { currentCoupon } from "../resources/coupons";
import { formatMoney } from "../money";
import { ask, attempt } from "./ask";
import { formatDate } from "./dates";
import { choice } from "./fields";
import { flashed } from "./flash";
import { html, type Html } from "./html";
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

const REASONS: Record<string, string> = {
  customer_service: "Customer service was less than expected",
  low_quality: "Quality was less than expected",
  missing_features: "I need more features",
  other: "Another reason",
  switched_service: "I found an alternative",
  too_complex: "It is too difficult to use",
  too_expensive: "It is too expensive",
  unused: "I no longer need it",
};

export function showCancel(portal: Portal): Page {
  const subscription = ownSubscription(portal, portal.ids[1]);
  const feature = portal.configuration.features.subscription_cancel;
  if (!subscription || !feature.enabled || subscription.cancel_at !== null)
    return notOffered(portal);
  const name = nameOf(portal.ctx, subscription);
  const { enabled, options } = feature.cancellation_reason;
  return ok(
    layout(
      "Cancel subscription",
      html`${backLink(portal)}
        <h1>Cancel ${name}</h1>
        ${alerts(portal.flash)} ${offer(portal, subscription)}
        <section aria-label="What happens">
          <p>
            ${
              feature.mode === "immediately"
                ? "It ends now. Nothing more is charged, and nothing is paid back."
                : `You keep it until ${formatDate(periodEnd(subscription))}. After that nothing is charged.`
            }
          </p>
          <form method="post">
            ${
              enabled &&
              html`${choice(
                  { name: "feedback", legend: "Why do you cancel? (optional)" },
                  options.map((value) => ({
                    value,
                    label: REASONS[value] ?? value,
                  })),
                )}
                <label for="comment">Anything else? (optional)</label>
                <textarea
                  id="comment"
                  name="comment"
                  maxlength="500"
                ></textarea>`
            }
            <button type="submit">Cancel subscription</button>
          </form>
        </section>`,
    ),
  );
}

/** What the shop offers whoever stays instead; only in the flow that was opened with it. */
function offer(portal: Portal, subscription: Subscription): Html | false {
  const coupon = retentionCoupon(portal, subscription);
  if (!coupon) return false;
  const off =
    coupon.percent_off === null
      ? formatMoney(coupon.amount_off ?? 0, coupon.currency ?? "usd")
      : `${coupon.percent_off}%`;
  const months = coupon.duration_in_months;
  const times = {
    forever: "on every invoice",
    once: "on your next invoice",
    repeating: months === 1 ? "for a month" : `for ${months} months`,
  };
  const { here } = portal;
  return html`<section aria-labelledby="offer">
    <h2 id="offer">Stay for ${off} off</h2>
    <p>
      Keep your subscription and get ${off} off
      ${Object.entries(times).find(([name]) => name === coupon.duration)?.[1]}.
    </p>
    <form method="post" action="${here}/subscriptions/${subscription.id}/keep">
      <button type="submit">Stay for ${off} off</button>
    </form>
  </section>`;
}

function retentionCoupon(
  { ctx, inFlow, session }: Portal,
  { id }: Subscription,
): Coupon | undefined {
  const cancel = inFlow ? session.flow?.subscription_cancel : null;
  if (cancel?.subscription !== id) return undefined;
  const coupon = ctx.store.get(
    "coupon",
    cancel.retention?.coupon_offer?.coupon ?? "",
  );
  return coupon && currentCoupon(ctx, coupon).valid ? coupon : undefined;
}

/** Takes the offer: the discount comes beside those there are, and the flow is over. */
export function submitKeep(portal: Portal): Page {
  const { ctx } = portal;
  const subscription = ownSubscription(portal, portal.ids[1]);
  const coupon = subscription && retentionCoupon(portal, subscription);
  if (!coupon) return notOffered(portal);
  const kept = subscription.discounts.map((id, at): [string, string] => [
    `discounts[${at}][discount]`,
    id,
  ]);
  const refused = attempt(ctx, () =>
    ask(ctx, `POST /v1/subscriptions/${subscription.id}`, {
      ...Object.fromEntries(kept),
      [`discounts[${kept.length}][coupon]`]: coupon.id,
    }),
  );
  if (refused)
    return flashed(portal.url.pathname.replace(/keep$/, "cancel"), {
      alert: refused.message,
    });
  return done(portal, "subscription_cancel", "Your discount is applied.");
}

/** Repeating it changes nothing. */
export function submitCancel(portal: Portal): Page {
  const { ctx, form, configuration } = portal;
  const subscription = ownSubscription(portal, portal.ids[1]);
  const feature = configuration.features.subscription_cancel;
  if (!subscription || !feature.enabled) return notOffered(portal);
  const given = form.get("feedback") ?? "";
  const asked = feature.cancellation_reason;
  const details = {
    ...(asked.enabled &&
      isFeedback(given) &&
      asked.options.includes(given) && { feedback: given }),
    ...(asked.enabled &&
      form.get("comment") && { comment: form.get("comment") }),
  };
  if (feature.mode === "immediately") {
    const { proration_behavior: proration } = feature;
    const refused = attempt(ctx, () =>
      ask(ctx, `DELETE /v1/subscriptions/${subscription.id}`, {
        ...(proration !== "none" && { prorate: "true" }),
        ...(proration === "always_invoice" && { invoice_now: "true" }),
        ...(details.feedback && {
          "cancellation_details[feedback]": details.feedback,
        }),
        ...(details.comment && {
          "cancellation_details[comment]": details.comment,
        }),
      }),
    );
    if (refused)
      return flashed(portal.url.pathname, { alert: refused.message });
    return done(
      portal,
      "subscription_cancel",
      "Your subscription is canceled.",
    );
  }
  if (subscription.cancel_at === null) {
    // The portal leaves the flag alone under flexible billing.
    const cancel_at_period_end = subscription.billing_mode.type === "classic";
    attempt(ctx, () =>
      putSubscription(
        ctx,
        subscription,
        cancelLater(ctx, subscription, { ...details, cancel_at_period_end }),
      ),
    );
  }
  return done(
    portal,
    "subscription_cancel",
    "Your subscription will not renew.",
  );
}

export function submitRenew(portal: Portal): Page {
  const subscription = ownSubscription(portal, portal.ids[1]);
  if (!subscription) return notOffered(portal);
  if (subscription.cancel_at !== null) {
    attempt(portal.ctx, () =>
      putSubscription(portal.ctx, subscription, undoCancel(subscription)),
    );
  }
  return flashed(portal.here, { notice: "Your subscription renews again." });
}

type Feedback =
  | "customer_service"
  | "low_quality"
  | "missing_features"
  | "other"
  | "switched_service"
  | "too_complex"
  | "too_expensive"
  | "unused";
function isFeedback(value: string): value is Feedback {
  return Object.hasOwn(REASONS, value);
}
