import { readFileSync } from "node:fs";
import type { Context } from "../context";
import type { PaymentIntent, SetupIntent } from "../objects";
import { createCard } from "../resources/saved-cards";
import { ask, attempt } from "./ask";
import { cardErrorOf, cardFields, readCard } from "./card-form";
import { readFlash } from "./flash";
import { html } from "./html";
import { layout } from "./layout";
import { json, ok, type Page, type Visit } from "./page";

/** The scripts are plain JavaScript, sent as they are. Names stay inside a block: the shop has its own. */
const script =
  (...names: string[]) =>
  (): Page => {
    const texts = names.map((name) =>
      readFileSync(new URL(`../browser/${name}.mjs`, import.meta.url), "utf8"),
    );
    return {
      status: 200,
      body: `{${texts.join("\n")}}`,
      contentType: "text/javascript; charset=utf-8",
    };
  };
export const showStripeJs = script("checkout-elements", "stripe");
export const showElementJs = script("element");
export const showDoneJs = script("done");

/** The card form that the shop's page shows in a frame; its script alone sends what is typed. */
export function showElement({ url }: Visit): Page {
  const src = html`<script src="/js/element.js" defer></script>`;
  return ok(
    layout(
      "Card",
      html`<form novalidate>${cardFields(readFlash(url))}</form>
        ${src}`,
      true,
    ),
  );
}

/** Confirms the intent that the secret belongs to, with the card of the form. */
export function confirmIntent({ ctx, form }: Visit): Page {
  const intent = intentOf(ctx, form.get("client_secret"));
  if (!intent) return noSuchIntent();
  const { card, errors } = readCard(form, new Date(ctx.clock.nowMs()));
  const [field] = Object.entries(errors);
  if (field) {
    const [name, message] = field;
    return json(200, {
      error: { type: "validation_error", code: "incomplete", message },
      field: name,
    });
  }
  const refusal = attempt(ctx, () => {
    const method = createCard(ctx, card);
    const back = form.get("return_url");
    const kind = `${intent.object}s` as const;
    return ask(ctx, `POST /v1/${kind}/${intent.id}/confirm`, {
      payment_method: method.id,
      ...(back && { return_url: back }),
    });
  });
  const now = intentOf(ctx, intent.client_secret);
  if (!refusal) return json(200, { intent: now && publicPart(now) });
  const [name] = Object.keys(cardErrorOf(refusal));
  return json(200, { error: refusal.body, field: name });
}

export function showIntent({ ctx, url }: Visit): Page {
  const intent = intentOf(ctx, url.searchParams.get("client_secret"));
  return intent ? json(200, { intent: publicPart(intent) }) : noSuchIntent();
}

/** Inside a frame: tells the shop's page where to go on. */
export function showDone({ ctx, ids: [id] }: Visit): Page {
  const session = ctx.store.get("checkout_session", id);
  const to = session?.return_url?.replaceAll("{CHECKOUT_SESSION_ID}", id);
  return ok(
    layout(
      "Paid",
      html`<p data-return-url="${to}">Paid.</p>
        <script src="/js/done.js" defer></script>`,
    ),
  );
}

/** Shops are known by where their webhooks go; only their pages may frame what belongs in a frame. */
export function shopOrigins({ store }: Pick<Context, "store">): string[] {
  const urls = store.all("webhook_endpoint").map(({ url }) => new URL(url));
  return [...new Set(urls.map(({ origin }) => origin))];
}

function intentOf(
  { store }: Context,
  secret: string | null,
): PaymentIntent | SetupIntent | undefined {
  const [id = ""] = (secret ?? "").split("_secret_");
  const intent =
    store.get("payment_intent", id) ?? store.get("setup_intent", id);
  return intent?.client_secret === secret ? intent : undefined;
}

/** What a browser may know: never the customer or the shop's own notes. */
function publicPart(intent: PaymentIntent | SetupIntent): object {
  const { customer: _, metadata: __, ...rest } = intent;
  return rest;
}

function noSuchIntent(): Page {
  return json(404, {
    error: {
      type: "invalid_request_error",
      code: "resource_missing",
      message: "No such intent, or the client secret is another's.",
    },
  });
}
