import type Stripe from "stripe";
import type { Random } from "../simulation/random";
import { payHostedPage } from "../support/hosted-page";
import { createPerson, type Person } from "./person";
import type { World } from "./world";

/** What the driver has really paid for: the causes that the checkers count effects against. */
export type Paid = {
  tenantId: string;
  sessionId: string;
  kind: "plan" | "order";
};

export type Life = {
  person: Person;
  tenantId: string;
  slug: string;
  busy: boolean;
  closed: boolean;
};

const monthly = ["pro_monthly", "business_monthly"] as const;
const failingCard = "4000000000000341";
const declined = "4000 0000 0000 0002";

/** Somebody signs up; the workspace comes with it. */
export async function beginLife(world: World, number: number): Promise<Life> {
  const person = createPerson({ appUrl: world.appUrl, number });
  await person.signUp();
  const find = () =>
    world.database.ask<{ id: string; slug: string }>(
      `SELECT tenant.id, slug FROM tenant JOIN membership ON tenant_id = tenant.id
       JOIN "user" ON "user".id = user_id WHERE email = $1 ORDER BY tenant.created_at`,
      [person.email],
    );
  let [tenant] = await find();
  if (!tenant) {
    // The server died between the account and its workspace: the page offers to make one.
    await person.post("/api/workspaces", { name: "Ada's own" });
    world.note("workspace made by hand");
    [tenant] = await find();
  }
  if (!tenant) throw new Error(`${person.email} has no workspace`);
  return {
    person,
    tenantId: tenant.id,
    slug: tenant.slug,
    busy: false,
    closed: false,
  };
}

/** One thing that a person, or somebody at Stripe's dashboard, does; returns its name. */
export async function act(
  world: World,
  life: Life,
  random: Random,
): Promise<string> {
  const live = await livePlan(world, life);
  const choices: [string, () => Promise<void>][] = live
    ? [
        ["look", () => look(life)],
        [
          "buy a plan beside a plan",
          () => buy(world, life, { priceId: "pro_monthly", random }),
        ],
        ["change the plan", () => changePlan(world, life, live)],
        ["cancel or renew", () => cancelOrRenew(life, live)],
        [
          "buy once",
          () => buy(world, life, { priceId: "onboarding_session", random }),
        ],
        ["refund", () => refund(world, life)],
        ["a card that fails", () => changeCard(world, live, failingCard)],
        [
          "a card that works",
          () => changeCard(world, live, "4242424242424242"),
        ],
        ...(random.chance(0.15)
          ? [
              ["close", () => close(world, life)] as [
                string,
                () => Promise<void>,
              ],
            ]
          : []),
      ]
    : [
        [
          "buy a plan",
          () => buy(world, life, { priceId: random.pick(monthly), random }),
        ],
        [
          "buy a plan",
          () => buy(world, life, { priceId: random.pick(monthly), random }),
        ],
        [
          "buy once",
          () => buy(world, life, { priceId: "onboarding_session", random }),
        ],
        ["look", () => look(life)],
      ];
  const [name, run] = random.pick(choices);
  await run();
  return name;
}

async function look({ person, slug }: Life) {
  await person.open(`/t/${slug}/billing`);
}

async function buy(
  world: World,
  { person, tenantId }: Life,
  { priceId, random }: { priceId: string; random: Random },
) {
  const key = `${person.email}-${world.nextKey()}`;
  const wish = { priceId, tenantId };
  const opened = await person.post("/api/checkout", wish, key);
  if (opened.body.code === "already_subscribed") return;
  const { id: sessionId, url } = opened.body as { id?: string; url?: string };
  if (!sessionId || !url)
    throw new Error(
      `checkout: ${opened.status} ${JSON.stringify(opened.body)}`,
    );
  if (random.chance(0.2)) return; // thought better of it: the checkout stays open
  if (random.chance(0.2)) await payHostedPage(url, declined);
  await payHostedPage(url);
  const session = await world.stripe.checkout.sessions.retrieve(sessionId);
  if (session.status !== "complete")
    throw new Error(`${sessionId} was not paid`);
  const kind = session.mode === "subscription" ? "plan" : "order";
  world.paid.set(sessionId, { tenantId, sessionId, kind });
  if (random.chance(0.7))
    await person.open(`/checkout/success?session_id=${sessionId}`);
}

async function portalOf({ person, tenantId }: Life): Promise<string> {
  const { status, body } = await person.post("/api/portal", { tenantId });
  if (status !== 200)
    throw new Error(`portal: ${status} ${JSON.stringify(body)}`);
  return String(body.url);
}

async function changePlan(world: World, life: Life, live: Stripe.Subscription) {
  const [item] = live.items.data;
  const other = world.prices.find(({ id }) => id !== item?.price.id);
  const portal = await portalOf(life);
  await submit(`${portal}/subscriptions/${live.id}/confirm`, {
    price: other?.id ?? "",
    quantity: "1",
  });
}

async function cancelOrRenew(life: Life, live: Stripe.Subscription) {
  const portal = await portalOf(life);
  const what = live.cancel_at === null ? "cancel" : "renew";
  await submit(`${portal}/subscriptions/${live.id}/${what}`);
}

async function changeCard(
  world: World,
  live: Stripe.Subscription,
  number: string,
) {
  const method = live.default_payment_method;
  if (!method) return;
  await world.control("POST", "cards", {
    payment_method: typeof method === "string" ? method : method.id,
    number,
  });
}

/** At Stripe's dashboard, whole. */
async function refund(world: World, life: Life) {
  const customer = await customerOf(world, life);
  if (!customer) return;
  const { data } = await world.stripe.charges.list({ customer, limit: 20 });
  const charge = data.find((one) => one.paid && !one.refunded && !one.disputed);
  if (charge)
    await submit(`${world.stripeUrl}/payments/${charge.id}`, { act: "refund" });
}

async function close(world: World, life: Life) {
  const [tenant] = await world.database.ask<{ name: string }>(
    "SELECT name FROM tenant WHERE id = $1",
    [life.tenantId],
  );
  const { person, tenantId } = life;
  const wish = {
    tenantId,
    name: tenant?.name ?? "",
    password: person.password,
  };
  const { status, body } = await person.post("/api/settings/close", wish);
  // Done already, by the try whose answer was lost.
  const gone = status === 404 || status === 422;
  if (status !== 200 && !gone)
    throw new Error(`close: ${status} ${JSON.stringify(body)}`);
  life.closed = true;
}

async function livePlan(
  world: World,
  life: Life,
): Promise<Stripe.Subscription | null> {
  const customer = await customerOf(world, life);
  if (!customer) return null;
  const { data } = await world.stripe.subscriptions.list({
    customer,
    limit: 1,
  });
  return data[0] ?? null;
}

async function customerOf(world: World, { tenantId }: Life) {
  const [row] = await world.database.ask<{ id: string }>(
    "SELECT id FROM customer WHERE tenant_id = $1 AND NOT deleted",
    [tenantId],
  );
  return row?.id ?? null;
}

async function submit(url: string, fields: Record<string, string> = {}) {
  const body = new URLSearchParams(fields);
  const answer = await fetch(url, { method: "POST", body, redirect: "manual" });
  if (answer.status !== 303) throw new Error(`${url}: ${answer.status}`);
}
