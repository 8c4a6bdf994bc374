import { randomUUID } from "node:crypto";
import type pg from "pg";
import { cookiesOf } from "../support/cookies";
import { payHostedPage } from "../support/hosted-page";

/** The workspace whose pages are opened, with a plan, a purchase and the rest; and somebody of the staff. */
export type Seed = {
  owner: string;
  staff: string;
  tenantId: string;
  slug: string;
  sessionId: string;
  paymentId: string;
  eventId: string;
  invoiceId: string;
  invitationId: string;
  askedId: string;
};

const password = "correct horse battery";

/** Signs up, buys and invites through the app itself; returns once all of it has arrived. */
export async function seed(appUrl: string, db: pg.Client): Promise<Seed> {
  const post = async (cookie: string, path: string, body: object) => {
    const answer = await fetch(appUrl + path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: appUrl,
        cookie,
        "idempotency-key": randomUUID(),
      },
      body: JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    const json = JSON.parse(text) as Record<string, string>;
    return { json, cookie: cookiesOf(answer) };
  };
  const one = async (sql: string): Promise<string> => {
    const { rows } = await db.query<{ value: string }>(sql);
    if (!rows[0]) throw new Error(`nothing found: ${sql}`);
    return rows[0].value;
  };

  const signUp = async (name: string, email: string) =>
    (await post("", "/api/sign-up", { name, email, password })).cookie;
  const owner = await signUp("Ada Lovelace", "ada@example.com");
  const tenantId = await one("SELECT id AS value FROM tenant");
  const staff = await signUp("Stella Staff", "staff@example.com");
  await db.query(`UPDATE "user" SET email_verified = true`);

  let sessionId = "";
  for (const priceId of ["pro_monthly", "onboarding_session"]) {
    const { json } = await post(owner, "/api/checkout", {
      priceId,
      tenantId,
    });
    sessionId = json["id"] ?? "";
    const paid = await payHostedPage(json["url"] ?? "");
    const back = paid.headers.get("location") ?? "";
    await fetch(back, { headers: { cookie: owner } });
  }
  await post(owner, "/api/projects", { tenantId, name: "Engine" });
  await post(owner, "/api/invitations", {
    tenantId,
    email: "guest@example.com",
    role: "member",
  });
  await post(staff, `/api/admin/tenants/${tenantId}/charges`, {
    amount: "450.00",
    description: "Migration of your data",
    collect: "page",
  });
  await settled(db);
  return {
    owner,
    staff,
    tenantId,
    sessionId,
    slug: await one(
      `SELECT slug AS value FROM tenant WHERE id = '${tenantId}'`,
    ),
    paymentId: await one(
      "SELECT id AS value FROM payment WHERE amount_captured > 0 LIMIT 1",
    ),
    eventId: await one(
      "SELECT id AS value FROM stripe_event WHERE type = 'customer.subscription.updated' OR type = 'customer.subscription.created' LIMIT 1",
    ),
    invoiceId: await one("SELECT id AS value FROM invoice LIMIT 1"),
    invitationId: await one("SELECT id AS value FROM invitation"),
    askedId: await one(
      "SELECT payment_id AS value FROM charge_intent WHERE by_staff",
    ),
  };
}

/** Until neither an event nor an effect is left to do. */
async function settled(db: pg.Client): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    const { rows } = await db.query<{ left: number }>(
      `SELECT (SELECT count(*) FROM stripe_event WHERE finished_at IS NULL)::int
        + (SELECT count(*) FROM effect WHERE finished_at IS NULL)::int
        + (SELECT (count(*) = 0)::int FROM subscription) AS left`,
    );
    if (rows[0]?.left === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error("the seed never came to rest");
}
