import type { IncomingMessage, ServerResponse } from "node:http";
import { atTime } from "../clock";
import { withoutRequest } from "../context";
import type { Control } from "../control";
import { readBody } from "../read-body";
import { answerChallenge, showChallenge } from "./challenge-page";
import {
  answerCheckoutChallenge,
  changeCheckout,
  showCheckout,
  showCheckoutChallenge,
  showRecovery,
  submitCheckout,
} from "./checkout-page";
import {
  confirmElementsSession,
  showElementsSession,
} from "./checkout-elements";
import { showCreditNote } from "./credit-note-page";
import { moveClock, setCard, showDashboard } from "./dashboard-clock";
import { answerDebit } from "./dashboard-debits";
import {
  resendEvent,
  rollEndpoint,
  showEvent,
  showEvents,
} from "./dashboard-events";
import { changePayment } from "./dashboard-payments";
import { showKinds, showObject, showObjects } from "./dashboard-objects";
import { showRequests } from "./dashboard-requests";
import { showInvoice } from "./invoice-page";
import { authenticateInvoice, payInvoice } from "./invoice-payment";
import { notFound } from "./layout";
import { showReceipt } from "./receipt-page";
import type { Handler, Page } from "./page";
import { showPause, submitPause, submitResume } from "./portal-pause";
import {
  showCancel,
  submitCancel,
  submitKeep,
  submitRenew,
} from "./portal-cancel";
import {
  showAddCard,
  showSavedCard,
  submitCard,
  submitDefaultCard,
  submitRemoveCard,
} from "./portal-cards";
import { showConfirm, showUpdate, submitConfirm } from "./portal-change";
import { showDetails, submitDetails } from "./portal-details";
import { showPortal } from "./portal-home";
import { inPortal, showDone } from "./portal-visit";
import {
  confirmIntent,
  shopOrigins,
  showDone as showCheckoutDone,
  showDoneJs,
  showElement,
  showElementJs,
  showIntent,
  showStripeJs,
} from "./stripe-js";

const PORTAL = "/p/session/:id";
const CARDS = `${PORTAL}/payment-methods`;
const PLAN = `${PORTAL}/subscriptions/:id`;

const PAGES: [string, Handler][] = [
  ["GET /", showDashboard],
  ["POST /clock", moveClock],
  ["POST /cards/:id", setCard],
  ["POST /debits/:id", answerDebit],
  ["POST /payments/:id", changePayment],
  ["GET /objects", showKinds],
  ["GET /objects/:id", showObjects],
  ["GET /objects/:id/:id", showObject],
  // As the dashboard of Stripe itself has it: links of the app lead there.
  [
    "GET /test/customers/:id",
    ({ ids: [id] }) => ({ redirect: `/objects/customer/${id}` }),
  ],
  ["GET /events", showEvents],
  ["GET /events/:id", showEvent],
  ["POST /events/:id", resendEvent],
  ["POST /endpoints/:id/roll", rollEndpoint],
  ["GET /requests", showRequests],
  ["GET /c/pay/:id", showCheckout],
  ["POST /c/pay/:id", submitCheckout],
  ["GET /c/pay/:id/authenticate", showCheckoutChallenge],
  ["POST /c/pay/:id/authenticate", answerCheckoutChallenge],
  ["POST /c/pay/:id/change/:id", changeCheckout],
  ["GET /v3/stripe.js", showStripeJs],
  ["GET /js/element", showElement],
  ["GET /js/element.js", showElementJs],
  ["GET /js/done.js", showDoneJs],
  ["GET /js/done/:id", showCheckoutDone],
  ["GET /js/intent", showIntent],
  ["POST /js/confirm", confirmIntent],
  ["GET /js/checkout", showElementsSession],
  ["POST /js/checkout", confirmElementsSession],
  ["GET /r/:id", showRecovery],
  ["GET /3ds/:id", showChallenge],
  ["POST /3ds/:id", answerChallenge],
  ["GET /receipts/:id", showReceipt],
  ["GET /credit-notes/:id", showCreditNote],
  ["GET /i/:id", showInvoice],
  ["GET /i/:id/pdf", showInvoice],
  ["POST /i/:id", payInvoice],
  ["POST /i/:id/authenticate", authenticateInvoice],
  [`GET ${PORTAL}`, inPortal(showPortal)],
  [`GET ${PORTAL}/done`, inPortal(showDone)],
  [`GET ${PORTAL}/customer`, inPortal(showDetails)],
  [`POST ${PORTAL}/customer`, inPortal(submitDetails)],
  [`GET ${CARDS}`, inPortal(showAddCard)],
  [`POST ${CARDS}`, inPortal(submitCard)],
  [`GET ${CARDS}/saved`, inPortal(showSavedCard)],
  [`POST ${CARDS}/:id/default`, inPortal(submitDefaultCard)],
  [`POST ${CARDS}/:id/remove`, inPortal(submitRemoveCard)],
  [`GET ${PLAN}/update`, inPortal(showUpdate)],
  [`GET ${PLAN}/confirm`, inPortal(showConfirm)],
  [`POST ${PLAN}/confirm`, inPortal(submitConfirm)],
  [`GET ${PLAN}/cancel`, inPortal(showCancel)],
  [`POST ${PLAN}/cancel`, inPortal(submitCancel)],
  [`POST ${PLAN}/keep`, inPortal(submitKeep)],
  [`GET ${PLAN}/pause`, inPortal(showPause)],
  [`POST ${PLAN}/pause`, inPortal(submitPause)],
  [`POST ${PLAN}/resume`, inPortal(submitResume)],
  [`POST ${PLAN}/renew`, inPortal(submitRenew)],
];

/** What Stripe.js shows inside the shop's own pages. */
const FRAMED = /^\/(c\/pay|3ds|js)\//;

export async function answerPage(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const page = await pageFor(control, request);
  if ("redirect" in page) {
    response.writeHead(303, {
      "Cache-Control": "no-store",
      Location: page.redirect,
    });
    response.end();
    return;
  }
  const { origin } = request.headers;
  const shops = shopOrigins(control.api);
  const { pathname } = new URL(request.url ?? "/", control.api.origin);
  const ancestors = FRAMED.test(pathname) ? shops.join(" ") : "";
  response.writeHead(page.status, {
    ...(["/js/checkout", "/js/intent"].includes(pathname) &&
      origin &&
      shops.includes(origin) && { "Access-Control-Allow-Origin": origin }),
    "Cache-Control": "no-store",
    "Content-Security-Policy": `default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors ${ancestors || "'none'"}`,
    "Content-Type": page.contentType ?? "text/html; charset=utf-8",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(page.body);
}

async function pageFor(
  control: Control,
  request: IncomingMessage,
): Promise<Page> {
  const url = new URL(request.url ?? "/", control.api.origin);
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const asked = `${method} ${url.pathname}`.split("/");
  for (const [route, handler] of PAGES) {
    const parts = route.split("/");
    const fits =
      parts.length === asked.length &&
      parts.every((part, at) =>
        part === ":id" ? asked[at] : part === asked[at],
      );
    if (!fits) continue;
    const [first = "", second = ""] = asked.filter(
      (_, at) => parts[at] === ":id",
    );
    const body = method === "POST" ? await readBody(request) : "";
    return handler({
      control,
      ctx: withoutRequest(atTime(control.api, control.api.clock.now())),
      url,
      form: new URLSearchParams(body),
      ids: [first, second],
    });
  }
  return notFound("The emulator has no such page.");
}
