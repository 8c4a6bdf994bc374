import type { IncomingMessage, ServerResponse } from "node:http";
import type { Control } from "../control";
import { readBody } from "../read-body";
import type { Typed } from "./card-form";
import { showCheckout, submitCheckout } from "./checkout-page";
import { showHome } from "./home-page";
import { showInvoice } from "./invoice-page";
import { messagePage } from "./layout";
import { ok, type Page } from "./page";
import { showPortal, submitPortal } from "./portal-page";

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
  response.writeHead(page.status, {
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'",
    "Content-Type": "text/html; charset=utf-8",
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
  const [, first, second = "", third = ""] = url.pathname.split("/");
  const sends = request.method === "POST";
  if (request.method !== "GET" && request.method !== "HEAD" && !sends)
    return missing(405);
  if (url.pathname === "/") return showHome(control);
  if (first === "c" && second === "pay" && third) {
    if (!sends) return showCheckout(control, third);
    return submitCheckout(control, third, typedIn(await formOf(request)));
  }
  if (first === "p" && second === "session" && third) {
    if (!sends) return showPortal(control, third, url.searchParams.get("done"));
    const form = await formOf(request);
    const action = form.get("action") ?? "";
    const subscription = form.get("subscription") ?? "";
    return submitPortal(control, third, {
      action,
      subscription,
      typed: typedIn(form),
    });
  }
  if (first === "i" && second && ["", "pdf"].includes(third)) {
    return showInvoice(control, second, third === "pdf");
  }
  return missing(404);
}

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  return new URLSearchParams(await readBody(request));
}

function typedIn(form: URLSearchParams): Typed {
  const text = (name: string) => form.get(name) ?? "";
  return {
    cardCvc: text("cardCvc"),
    cardExpiry: text("cardExpiry"),
    cardName: text("cardName"),
    cardNumber: text("cardNumber"),
    email: text("email"),
  };
}

function missing(status: number): Page {
  return ok(
    messagePage({ title: "Not found", text: "The emulator has no such page." }),
    status,
  );
}
