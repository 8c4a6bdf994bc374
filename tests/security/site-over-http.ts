import { randomBytes } from "node:crypto";
import pg from "pg";
import { cookiesOf } from "@/tests/support/cookies";
import { payHostedPage } from "@/tests/support/hosted-page";
import type { TestStack } from "@/tests/support/stack";
import { everybody, type Site, type Somebody } from "./site";

const password = "correct horse battery";

/** Everybody, signed up at the built app as browsers do; the owner's own workspace has bought something. */
export async function siteOverHttp({
  appUrl,
  databaseUrl,
  emulatorUrl,
}: TestStack) {
  const people = new pg.Client({ connectionString: databaseUrl });
  const system = new pg.Client({ connectionString: databaseUrl });
  await Promise.all([people.connect(), system.connect()]);
  await system.query("SELECT set_config('role', app_role('system'), false)");

  const cookies: Partial<Record<Somebody, string>> = {};
  const userIds: Partial<Record<Somebody, string>> = {};
  for (const name of everybody) {
    const email =
      name === "staff"
        ? "staff@example.com"
        : `${name}-${randomBytes(4).toString("hex")}@example.com`;
    const signedUp = await post("/api/sign-up", { name, email, password });
    cookies[name] = cookiesOf(signedUp);
    const { rows } = await people.query<{ id: string }>(
      `UPDATE "user" SET email_verified = true WHERE email = $1 RETURNING id`,
      [email],
    );
    userIds[name] = rows[0]?.id ?? "";
  }
  await people.query(
    "UPDATE session SET created_at = now() - interval '1 hour' WHERE user_id = $1",
    [userIds.late],
  );
  const { rows } = await people.query<{ id: string; slug: string }>(
    "SELECT tenant.id, slug FROM tenant JOIN membership ON tenant_id = tenant.id WHERE user_id = $1",
    [userIds.owner],
  );
  const [own] = rows;
  if (!own) throw new Error("the owner has no workspace");
  await buy(own.id);

  async function post(path: string, body: object, cookie = "") {
    const answer = await fetch(appUrl + path, {
      method: "POST",
      headers: { origin: appUrl, "content-type": "application/json", cookie },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
    return answer;
  }

  async function buy(tenantId: string) {
    const wish = { priceId: "pro_monthly", tenantId };
    const begun = await post("/api/checkout", wish, cookies.owner);
    const { url } = (await begun.json()) as { url: string };
    await payHostedPage(url);
    for (const end = Date.now() + 60_000; Date.now() < end;) {
      if (await isSettled()) return;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error("nothing was bought");
  }

  /** Everything that Stripe had to tell of it was told and worked off. */
  async function isSettled(): Promise<boolean> {
    const answer = await fetch(`${emulatorUrl}/_emulator/state`);
    const state = (await answer.json()) as { pending_deliveries: unknown[] };
    const { rows: open } = await system.query<{ bought: boolean }>(
      `SELECT EXISTS (SELECT FROM invoice)
         AND NOT EXISTS (SELECT FROM stripe_event WHERE finished_at IS NULL)
         AND NOT EXISTS (SELECT FROM effect WHERE finished_at IS NULL) AS bought`,
    );
    return state.pending_deliveries.length === 0 && open[0]?.bought === true;
  }

  const site: Site = {
    origin: appUrl,
    cookies: cookies as Site["cookies"],
    userIds: userIds as Site["userIds"],
    people: (sql, values) => people.query(sql, values),
    system: (sql, values) => system.query(sql, values),
  };
  return {
    site,
    slug: own.slug,
    people,
    system,
    close: () => Promise.all([people.end(), system.end()]),
  };
}
