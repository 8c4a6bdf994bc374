import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import Stripe from "stripe";
import { onTestFinished } from "vitest";
import { startEmulator } from "../../dev/stripe/server";

const KEY = "sk_test_emulator1234";
export const GOOD_CARD = "4242 4242 4242 4242";
export const GOOD_ACCOUNT = "000123456789";
export const EMPTY_ACCOUNT = "000222222227";
export const SUCCESS_URL = "http://shop.test/ok?session={CHECKOUT_SESSION_ID}";

export type Bench = Awaited<ReturnType<typeof emulate>>;

/** An emulator of the test's own, with a client of the official SDK. */
export async function emulate(given: { dataDir?: string } = {}) {
  const dataDir =
    given.dataDir ?? (await mkdtemp(path.join(os.tmpdir(), "emulator ")));
  const emulator = await startEmulator({ port: 0, dataDir, strict: true });
  const stripe = clientFor(emulator.port);
  let open = true;
  const close = async () => {
    if (!open) return;
    open = false;
    await emulator.close();
  };
  onTestFinished(async () => {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  });
  const control = async (name: string, body: object = {}) => {
    const answer = await fetch(`${emulator.origin}/_emulator/${name}`, {
      method: "POST",
      body: JSON.stringify(body),
    });
    if (!answer.ok)
      throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
  };
  return {
    ...emulator,
    close,
    dataDir,
    stripe,
    control,
    advance: (seconds: number) =>
      control("clock", { advance_seconds: seconds }),
    state: () => stateOf(emulator.origin),
    /** A request as curl would make it. */
    raw: (
      method: string,
      url: string,
      body?: string,
      headers: Record<string, string> = {},
    ) =>
      fetch(`${emulator.origin}${url}`, {
        method,
        headers: {
          Authorization: `Bearer ${KEY}`,
          "Content-Type": "application/x-www-form-urlencoded",
          ...headers,
        },
        ...(body !== undefined && { body }),
      }),
  };
}

export function clientFor(port: number): Stripe {
  return new Stripe(KEY, {
    host: "127.0.0.1",
    port,
    protocol: "http",
    maxNetworkRetries: 0,
  });
}

type State = {
  clock: { now: number };
  webhooks: { paused: boolean };
  counts: Record<string, number>;
  pending_deliveries: { type: string; attempts: number }[];
  requests: Record<string, { received: number; executed: number }>;
};

async function stateOf(origin: string): Promise<State> {
  // The emulator's own answer, whose shape the tests of the state pin.
  return (await (await fetch(`${origin}/_emulator/state`)).json()) as State;
}

export type Answered = { location: string; page: string };

/** Posts a hosted form as a browser without JavaScript does: reads the page, fills it, submits. */
export async function pay(
  url: string,
  card: string,
  typed: Record<string, string> = {},
): Promise<Answered> {
  const form = await (await fetch(url)).text();
  const filled = new URLSearchParams();
  const values: Record<string, string> = {
    email: "buyer@example.com",
    cardNumber: card,
    cardExpiry: "12 / 34",
    cardCvc: "123",
    cardName: "Ada Buyer",
    routingNumber: "110000000",
    accountNumber: GOOD_ACCOUNT,
    accountName: "Ada Buyer",
    ...typed,
  };
  for (const [, name = ""] of form.matchAll(/<input[^>]*\sname="(\w+)"/g)) {
    filled.set(name, values[name] ?? "");
  }
  return submitPage(url, filled);
}

/** Sends a form of a page. Each answer is a 303; one of the emulator's own pages is read on. */
export async function submitPage(
  url: string,
  fields: URLSearchParams | Record<string, string> = {},
): Promise<Answered> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
  if (answer.status !== 303) throw new Error(`${url}: ${answer.status}`);
  const target = new URL(answer.headers.get("location") ?? "", url);
  const own = target.origin === new URL(url).origin;
  const page = own ? await (await fetch(target)).text() : "";
  return { location: target.href, page };
}

export async function recurringPrice(
  { stripe }: Bench,
  given: Partial<Stripe.PriceCreateParams> = {},
): Promise<Stripe.Price> {
  const product = await stripe.products.create({
    name: "Pro",
    unit_label: "seat",
  });
  return stripe.prices.create({
    product: product.id,
    currency: "usd",
    unit_amount: 2900,
    recurring: { interval: "month" },
    ...given,
  });
}

/** An open session for the Pro plan, for a new customer with an e-mail address. */
export async function subscriptionCheckout(
  bench: Bench,
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
): Promise<Stripe.Checkout.Session & { url: string }> {
  const price = await recurringPrice(bench);
  const customer = await bench.stripe.customers.create({
    email: "ada@example.com",
  });
  const session = await bench.stripe.checkout.sessions.create({
    mode: "subscription",
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: SUCCESS_URL,
    cancel_url: "http://shop.test/cancelled",
    ...given,
  });
  return withUrl(session);
}

export function withUrl(
  session: Stripe.Checkout.Session,
): Stripe.Checkout.Session & { url: string } {
  const { url } = session;
  if (!url) throw new Error("the session has no page");
  return { ...session, url };
}

export async function subscribed(
  bench: Bench,
  given = {},
): Promise<Stripe.Subscription> {
  const session = await subscriptionCheckout(bench, given);
  await pay(session.url, GOOD_CARD);
  const done = await bench.stripe.checkout.sessions.retrieve(session.id);
  return bench.stripe.subscriptions.retrieve(idOf(done.subscription));
}

export function idOf(
  reference: string | { id: string } | null | undefined,
): string {
  if (!reference) throw new Error("there is no reference");
  return typeof reference === "string" ? reference : reference.id;
}

/** Event types in the order they happened. */
export async function eventTypes({ stripe }: Bench): Promise<string[]> {
  const events = await stripe.events.list({ limit: 100 });
  return events.data.map((event) => event.type as string).reverse();
}

export function eventOf(body: string): { id: string; type: string } {
  // A delivery's body is an event; the SDK's own check of it has its own test.
  return JSON.parse(body) as { id: string; type: string };
}

type Received = { body: string; headers: http.IncomingHttpHeaders };

/** A tiny webhook endpoint; `answer` decides the status of each delivery, in order. */
export async function receiver(
  answer: (at: number, body: string) => number | Promise<number> = () => 200,
) {
  const received: Received[] = [];
  const watchers = new Set<() => void>();
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += String(chunk)));
    request.on("end", () => {
      received.push({ body, headers: request.headers });
      const at = received.length - 1;
      void Promise.resolve(answer(at, body)).then((status) => {
        response.writeHead(status).end();
        for (const watcher of watchers) watcher();
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("not listening");
  const types = () => received.map(({ body }) => eventOf(body).type);
  return {
    url: `http://127.0.0.1:${address.port}/hook`,
    received,
    types,
    /** Resolves once the condition holds, checked after each delivery. */
    until: (met: () => boolean) =>
      new Promise<void>((resolve) => {
        const watcher = () => {
          if (!met()) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      }),
  };
}
