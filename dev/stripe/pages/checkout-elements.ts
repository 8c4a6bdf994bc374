import type { Context } from "../context";
import type { ApiError } from "../errors";
import type { Buyer } from "../resources/checkout-complete";
import { createCard } from "../resources/saved-cards";
import { cardErrorOf } from "./card-form";
import { readBuyer, viewOf } from "./checkout-buyer";
import { completionTold, purchase, type Open } from "./checkout-purchase";
import { sessionInShop } from "./checkout-session-in-shop";
import { json, type Page, type Visit } from "./page";

/** A session with `ui_mode: elements`, to whoever knows its secret. */
export function showElementsSession({ ctx, url }: Visit): Page {
  const open = openOf(ctx, url.searchParams.get("client_secret"));
  return open ? json(200, stateOf(ctx, open)) : noSuchSession();
}

/** Pays it with the card of the Element's form and what the shop's page says about the buyer. */
export async function confirmElementsSession(visit: Visit): Promise<Page> {
  const { ctx, form, url } = visit;
  const secret = form.get("client_secret");
  const open = openOf(ctx, secret);
  if (!open) return noSuchSession();
  const { session } = open;
  if (session.status === "expired")
    return json(200, { ...stateOf(ctx, open), error: EXPIRED });
  let field: string | undefined;
  if (session.status === "open") {
    const { failure: _, pending: __, ...plan } = open.plan;
    const view = viewOf(ctx, session, plan, url);
    const { card, details, errors } = readBuyer(ctx, view, form);
    const [wrong] = Object.entries(errors);
    if (wrong) {
      const error = { code: null, message: wrong[1] };
      return json(200, { ...stateOf(ctx, open), error, field: wrong[0] });
    }
    const { email } = details;
    const outcome = purchase(ctx, { session, plan }, (): Buyer => {
      const method = card && createCard(ctx, { ...card, email });
      return { ...details, method, authenticated: false };
    });
    if (typeof outcome === "object") {
      noteFailure(ctx, { session, plan }, outcome);
      if (outcome.status === 402) [field] = Object.keys(cardErrorOf(outcome));
    }
  }
  await completionTold(visit, session.id);
  const now = openOf(ctx, secret) ?? open;
  return json(200, { ...stateOf(ctx, now), field });
}

/** Kept with the session: its page in the shop asks for it after the bank's question too. */
export function noteFailure(
  ctx: Context,
  { plan }: Open,
  { body, message, status }: ApiError,
): void {
  const { decline_code = null } = body;
  const failure = { card: status === 402, decline_code, message };
  ctx.store.put("checkout_plan", { ...plan, failure });
}

const EXPIRED = { code: null, message: "This Checkout Session has expired." };

function openOf({ store }: Context, secret: string | null): Open | undefined {
  const [id = ""] = (secret ?? "").split("_secret_");
  const session = store.get("checkout_session", id);
  const plan = store.get("checkout_plan", id);
  return session && plan && isOf(session, secret)
    ? { session, plan }
    : undefined;
}

function isOf(session: Open["session"], secret: string | null): boolean {
  return session.ui_mode === "elements" && session.client_secret === secret;
}

/** What Stripe.js has to know; `waits` while the bank asks. */
function stateOf(ctx: Context, open: Open): object {
  const { failure, pending } = open.plan;
  const { id, return_url, status } = open.session;
  return {
    session: sessionInShop(ctx, open),
    returnUrl: return_url?.replaceAll("{CHECKOUT_SESSION_ID}", id),
    waits: status === "open" && pending !== undefined,
    ...(failure && {
      error: {
        code: failure.card ? "paymentFailed" : null,
        message: failure.message,
        ...(failure.card && {
          paymentFailed: { declineCode: failure.decline_code },
        }),
      },
    }),
  };
}

function noSuchSession(): Page {
  return json(404, {
    error: {
      code: null,
      message: "No such Checkout Session, or the client secret is another's.",
    },
  });
}
