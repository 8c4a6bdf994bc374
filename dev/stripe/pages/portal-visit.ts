import type { Context } from "../context";
import type {
  Customer,
  PaymentMethod,
  PortalConfiguration,
  PortalSession,
  Subscription,
} from "../objects";
import { requireConfiguration } from "../resources/portal-configurations";
import { VISITED_SECONDS } from "../resources/portal-sessions";
import { flashed, readFlash, type Flash } from "./flash";
import { html, type Html } from "./html";
import { messagePage } from "./layout";
import { ok, type Handler, type Page, type Visit } from "./page";

export type Portal = Visit & {
  /** The portal's address, where its own links begin. */
  here: string;
  flash: Flash;
  session: PortalSession;
  customer: Customer;
  configuration: PortalConfiguration;
  /** Whether the session still stands in the flow it was opened for. */
  inFlow: boolean;
};

/** Behind a link that still lives; each visit keeps it alive for an hour. */
export function inPortal(handler: (portal: Portal) => Page): Handler {
  return (visit) => {
    const { ctx, url } = visit;
    const key = url.pathname.split("/")[3] ?? "";
    const [session] = ctx.store.all("portal_session", { index: "url", key });
    const kept = session && ctx.store.get("portal_visit", session.id);
    const customer = session && ctx.store.get("customer", session.customer);
    if (!session || !kept || !customer || customer.deleted)
      return expired(session);
    if (kept.expires_at <= ctx.clock.now()) return expired(session);
    const expires_at = ctx.clock.now() + VISITED_SECONDS;
    if (expires_at !== kept.expires_at)
      ctx.store.put("portal_visit", { ...kept, expires_at });
    return handler({
      ...visit,
      here: `/p/session/${key}`,
      flash: readFlash(url),
      session,
      customer,
      configuration: requireConfiguration(ctx, session.configuration),
      inFlow: session.flow !== null && !kept.flow_done,
    });
  };
}

/** The customer's own living subscription, or nothing. */
export function ownSubscription(
  portal: Portal,
  id: string,
): Subscription | undefined {
  const subscription = portal.ctx.store.get("subscription", id);
  const own = subscription?.customer === portal.customer.id;
  return own && subscription.ended_at === null ? subscription : undefined;
}

export function nameOf(ctx: Context, subscription: Subscription): string {
  return subscription.items.data
    .map(
      ({ price }) => ctx.store.get("product", price.product)?.name ?? price.id,
    )
    .join(", ");
}

export function cardText({ card, custom }: PaymentMethod): string {
  if (custom) return "Paid elsewhere";
  if (!card) return "Bank account";
  const brand = card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return `${brand} ending in ${card.last4}`;
}

/** On from an act: out of the flow it completes, or back to the portal with the news. */
export function done(
  portal: Portal,
  act: NonNullable<PortalSession["flow"]>["type"],
  notice: string,
): Page {
  const { ctx, here, session, inFlow } = portal;
  if (!inFlow || session.flow?.type !== act) return flashed(here, { notice });
  const kept = ctx.store.get("portal_visit", session.id);
  if (kept) ctx.store.put("portal_visit", { ...kept, flow_done: true });
  const { redirect, hosted_confirmation } = session.flow.after_completion;
  if (redirect) return { redirect: redirect.return_url };
  return flashed(hosted_confirmation ? `${here}/done` : here, { notice });
}

export function showDone({ flash, session }: Portal): Page {
  const message =
    session.flow?.after_completion.hosted_confirmation?.custom_message;
  return ok(
    messagePage({
      title: flash.notice ?? "Done",
      text: message ?? "You can close this page.",
      link: shopLink(session),
    }),
  );
}

/** Where a page of the portal leads back to: the shop while in a flow, else the portal. */
export function backLink({ here, session, inFlow }: Portal): Html | undefined {
  const link = inFlow
    ? shopLink(session)
    : { href: here, label: "Back to billing" };
  return link && html`<p><a href="${link.href}">${link.label}</a></p>`;
}

export function shopLink(
  session: PortalSession | undefined,
): { href: string; label: string } | undefined {
  const href = session?.return_url;
  return href ? { href, label: `Return to ${new URL(href).host}` } : undefined;
}

function expired(session: PortalSession | undefined): Page {
  return ok(
    messagePage({
      title: "This link has expired",
      text: "Open billing again from the shop to get a new link.",
      link: shopLink(session),
    }),
    session ? 200 : 404,
  );
}

export function notOffered(portal: Portal): Page {
  return flashed(portal.here, { alert: "This cannot be done here any more." });
}
