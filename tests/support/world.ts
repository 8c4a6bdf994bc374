import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import Stripe from "stripe";
import { POST as checkoutRoute } from "@/app/api/checkout/route";
import { POST as cronRoute } from "@/app/api/cron/drain/route";
import { POST as portalRoute } from "@/app/api/portal/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { POST as webhookRoute } from "@/app/api/webhooks/stripe/route";
import { setUp } from "@/lib/cli/setup";
import type { TenantContext } from "@/lib/platform/context";
import { handledEvents } from "@/lib/webhooks/handlers";
import { startMailSink, type Mail } from "@/dev/mail";
import { startEmulator } from "@/dev/stripe/server";
import { asDescribed } from "./as-described";
import { cookiesOf } from "./cookies";
import { emulatorActs } from "./emulator-acts";
import { payHostedPage } from "./hosted-page";
import { makePerson, password } from "./make-person";
import { serveRoute } from "./serve-route";

export type Person = {
  cookie: string;
  email: string;
  userId: string;
  tenantId: string;
  slug: string;
};

/** As the app's own functions are told who acts. */
export function contextOf(person: Person): TenantContext {
  return {
    tenantId: person.tenantId,
    actor: { kind: "user", id: person.userId },
    cause: "test",
  };
}

type Handler = (request: Request) => Promise<Response>;
type PathHandler = (
  request: Request,
  path: { params: Promise<Record<string, string>> },
) => Promise<Response>;

const stripeKey = "sk_test_flows12345678";

/**
 * One emulator, one database and the app's own route handlers, wired as in production: the emulator posts
 * signed webhooks to a real port. With `mail`, mails go over SMTP to a sink. Every test makes its own people.
 */
export async function startWorld({
  mail = false,
  /** Hears what setting up an account that has nothing says. */
  say = (_line: string) => {},
} = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), "turnpike-world-"));
  const emulator = await startEmulator({ port: 0, dataDir, strict: true });
  const receiver = await serveRoute(webhookRoute);
  const { control, ...stripeSide } = emulatorActs(emulator);
  const refused = new Set<string>();
  const sink = mail
    ? await startMailSink({ dataDir, refuses: (to) => refused.has(to) })
    : null;
  const stripe = new Stripe(stripeKey, {
    host: "127.0.0.1",
    port: emulator.port,
    protocol: "http",
  });
  Object.assign(process.env, {
    STRIPE_SECRET_KEY: stripeKey,
    STRIPE_PUBLISHABLE_KEY: "pk_test_flows12345678",
    STRIPE_API_BASE: emulator.origin,
    STRIPE_WEBHOOK_SECRET: await createEndpoint(stripe, receiver.url),
    STRIPE_WEBHOOK_ENDPOINT:
      process.env.STRIPE_WEBHOOK_ENDPOINT ?? receiver.url,
    SMTP_URL: sink?.smtpUrl ?? "",
  });
  await setUp({}, say);
  const admin = new pg.Pool({
    connectionString: process.env.TEST_ADMIN_DATABASE_URL,
    max: 2,
  });
  let people = 0;
  const newEmail = (name: string) =>
    `${name.toLowerCase()}-${process.pid}-${(people += 1)}@example.com`;

  async function rows<Row extends pg.QueryResultRow>(
    sql: string,
    values: unknown[] = [],
  ): Promise<Row[]> {
    return (await admin.query<Row>(sql, values)).rows;
  }

  const inWork = () =>
    rows(
      "SELECT id, type, attempts FROM stripe_event WHERE finished_at IS NULL AND lease_until > now()",
    );

  async function placeOf(email: string) {
    const [place] = await rows<Omit<Person, "cookie" | "email">>(
      `SELECT "user".id AS "userId", tenant.id AS "tenantId", tenant.slug FROM "user"
       JOIN membership ON user_id = "user".id JOIN tenant ON tenant.id = tenant_id WHERE email = $1`,
      [email],
    );
    if (!place) throw new Error(`${email} has no workspace`);
    return place;
  }

  return {
    stripe,
    emulator,

    /** Rows as they are, past every policy. */
    rows,

    /** Somebody who has just signed up, by the route, with the workspace that came with it. */
    async signUp(name = "Ada"): Promise<Person> {
      const email = newEmail(name);
      const answer = await send(signUpRoute, { name, email, password });
      if (!answer.ok) throw new Error(`sign-up failed: ${await answer.text()}`);
      return { ...(await placeOf(email)), email, cookie: cookiesOf(answer) };
    },

    /** The same in less time, for what is not about signing up: without the route and the mail. */
    async person(
      name = "Ada",
      { emailVerified = false } = {},
    ): Promise<Person> {
      const email = newEmail(name);
      const cookie = await makePerson({ name, email, emailVerified });
      return { ...(await placeOf(email)), email, cookie };
    },

    /** Who has confirmed their address as well. */
    confirmed(name?: string): Promise<Person> {
      return this.person(name, { emailVerified: true });
    },

    /** Posts to one of the app's routes as this person's browser does, in their workspace. */
    async post(
      handler: Handler | PathHandler,
      person: Person | null,
      body: object = {},
      path: Record<string, string> = {},
    ) {
      const answer = await send(
        (request) => handler(request, { params: Promise.resolve(path) }),
        body,
        cookieOf(person),
      );
      return asDescribed(handler, answer);
    },

    /** Asks one of the app's reading routes, as a program does with this person's session. */
    async get(
      handler: PathHandler,
      person: Person | null,
      {
        path = {},
        query = {},
      }: { path?: Record<string, string>; query?: Record<string, string> } = {},
    ) {
      const url = `http://localhost:3000/?${new URLSearchParams(query)}`;
      const request = new Request(url, { headers: cookieOf(person) });
      const params = Promise.resolve(path);
      return asDescribed(handler, await handler(request, { params }));
    },

    /** Somebody who runs the deployment; the only one of this world. */
    async staff(): Promise<Person> {
      const person = await this.confirmed("Sam");
      const email = "staff@example.com";
      await this.rows('UPDATE "user" SET email = $1 WHERE id = $2', [
        email,
        person.userId,
      ]);
      return { ...person, email };
    },

    /** `person` becomes a member of `owner`'s workspace; their tenantId is that one's from here on. */
    async join(owner: Person, person: Person, role: string): Promise<Person> {
      await this.rows(
        "INSERT INTO membership (id, tenant_id, user_id, role) VALUES ($1, $2, $3, $4)",
        [randomUUID(), owner.tenantId, person.userId, role],
      );
      return { ...person, tenantId: owner.tenantId, slug: owner.slug };
    },

    /** What was mailed to this address, newest first. */
    async mails(to: string): Promise<Mail[]> {
      const answer = await fetch(`${sink?.origin}/messages.json?to=${to}`);
      return (await answer.json()) as Mail[];
    },

    /** Addresses that the mail server refuses for now. */
    refused,

    checkout(
      person: Person | null,
      body: unknown,
      headers: Record<string, string> = {},
    ) {
      return send(checkoutRoute, body, { ...cookieOf(person), ...headers });
    },

    /** A checkout that must work. */
    async open(
      person: Person,
      body: object = { priceId: "pro_monthly" },
    ): Promise<{ id: string; url: string }> {
      const answer = await this.checkout(person, body);
      if (answer.status !== 200) throw new Error(await answer.text());
      return (await answer.json()) as { id: string; url: string };
    },

    control,
    ...stripeSide,

    openIntents(person: Person) {
      return this.rows(
        "SELECT id FROM checkout_intent WHERE tenant_id = $1 AND closed_at IS NULL",
        [person.tenantId],
      );
    },

    portal(person: Person | null, body: unknown = {}) {
      return send(portalRoute, body, cookieOf(person));
    },

    /** Pays on the hosted page as a browser without JavaScript does; answers where it was sent. */
    pay(url: string, card?: string) {
      return payHostedPage(url, card);
    },

    /** Chooses a price, pays for it, and waits until every webhook has been answered. */
    async buy(
      person: Person,
      priceId: string,
      quantity?: number,
    ): Promise<string> {
      const { id, url } = await this.open(person, {
        priceId,
        ...(quantity && { quantity }),
      });
      await this.pay(url);
      await this.delivered();
      return id;
    },

    cron(secret = process.env.CRON_SECRET) {
      return send(cronRoute, {}, { authorization: `Bearer ${secret}` });
    },

    /** Posts one event by hand, signed as Stripe signs. */
    deliver(event: unknown, headers: Record<string, string> = {}) {
      const payload = JSON.stringify(event, null, 2);
      const secret = process.env.STRIPE_WEBHOOK_SECRET ?? "";
      const signature = Stripe.webhooks.generateTestHeaderString({
        payload,
        secret,
      });
      return webhookRoute(
        new Request("http://localhost:3000/api/webhooks/stripe", {
          method: "POST",
          headers: { "stripe-signature": signature, ...headers },
          body: payload,
        }),
      );
    },

    /**
     * Every event made so far has reached the app and was answered with 2xx, and nobody is at work on one: an answer
     * may come before its work is done. Patient while any of them gets on.
     */
    async delivered(): Promise<void> {
      let before = "";
      for (let end = 0; ;) {
        const { pending_deliveries: pending } = await control("state");
        const left = pending.length > 0 ? pending : await inWork();
        if (left.length === 0) return;
        const now = JSON.stringify(left);
        if (now !== before) end = Date.now() + 30_000;
        if (Date.now() > end) throw new Error(`still pending: ${now}`);
        before = now;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },

    async close(): Promise<void> {
      await emulator.close();
      await sink?.close();
      receiver.server.close();
      await admin.end();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type World = Awaited<ReturnType<typeof startWorld>>;

/** As a browser's own page sends it. */
async function send(
  handler: Handler,
  body: unknown,
  headers: Record<string, string> = {},
) {
  const answer = await handler(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "http://localhost:3000",
        ...headers,
      },
      body: JSON.stringify(body),
    }),
  );
  return asDescribed(handler, answer);
}

function cookieOf(person: Person | null): Record<string, string> {
  return person ? { cookie: person.cookie } : {};
}

async function createEndpoint(stripe: Stripe, url: string): Promise<string> {
  const endpoint = await stripe.webhookEndpoints.create({
    url,
    enabled_events: [
      ...handledEvents,
    ] as Stripe.WebhookEndpointCreateParams.EnabledEvent[],
    api_version: Stripe.API_VERSION,
  });
  return endpoint.secret ?? "";
}
