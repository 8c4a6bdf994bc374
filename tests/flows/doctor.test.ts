import { execFile } from "node:child_process";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { setUp } from "@/lib/cli/setup";
import { checks } from "@/lib/doctor/checks";
import { examine, type Examined } from "@/lib/doctor/examine";
import { liveCheck } from "@/lib/doctor/live";
import { after, minutes, seconds } from "@/lib/platform/time";
import { handledEvents } from "@/lib/webhooks/handlers";
import { reconcileEvents } from "@/lib/webhooks/reconcile";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

const firstWrong = (examined: readonly Examined[]) =>
  examined.find(({ state }) => state === "wrong");
const look = async () => firstWrong(await examine(checks));

/** Breaks one thing, and says what the doctor names first; whole again afterwards. */
async function broken(
  by: () => Promise<unknown>,
  mend: () => Promise<unknown>,
  as = look,
): Promise<Examined | undefined> {
  await by();
  try {
    return await as();
  } finally {
    await mend();
  }
}

/** The command, as a deployment with these settings runs it. */
async function command(settings: Record<string, string>, ...args: string[]) {
  const env = { ...process.env, ...settings };
  const argv = ["--import", "tsx", "lib/cli/doctor.ts", ...args];
  const { code, stdout } = await promisify(execFile)(process.execPath, argv, {
    env,
  })
    .then(({ stdout }) => ({ code: 0, stdout }))
    .catch((error: { code: number; stdout: string }) => error);
  const [, first = ""] = /^✗ (.+?) {2}/m.exec(stdout) ?? [];
  return { code, first, stdout };
}

const endpoint = async (): Promise<Stripe.WebhookEndpoint> => {
  const { data } = await world.stripe.webhookEndpoints.list();
  if (!data[0]) throw new Error("no endpoint");
  return data[0];
};

const updateEndpoint = async (
  params: Stripe.WebhookEndpointUpdateParams,
): Promise<unknown> =>
  world.stripe.webhookEndpoints.update((await endpoint()).id, params);

const priceOf = async (lookupKey: string): Promise<Stripe.Price> => {
  const { data } = await world.stripe.prices.list({ lookup_keys: [lookupKey] });
  if (!data[0]) throw new Error(`no price ${lookupKey}`);
  return data[0];
};

const bringInLine = () => setUp({}, () => {});

describe("where nothing is wrong", () => {
  it("everything is green, in the order in which it is to be mended", async () => {
    const examined = await examine(checks);
    expect(examined.filter(({ state }) => state !== "good")).toEqual([]);
    expect(examined.map(({ name }) => name)).toEqual([
      "Settings",
      "Database",
      "Migrations",
      "Database roles",
      "Row-level security",
      "Stripe keys",
      "Key mode",
      "Key works",
      "Clock",
      "Prices",
      "Customer portal",
      "Addresses",
      "Webhook endpoint",
      "Webhook version",
      "Webhook events",
      "Webhook address",
      "Webhooks arrive",
      "Customer data",
      "Mail",
      "Crons",
      "Backlog",
      "Dead events",
      "Staff",
    ]);
  });

  it("the command says so, ends with 0, and Stripe reaches us", async () => {
    const { code, stdout } = await command({}, "--live");
    expect(stdout).toContain("All is well.");
    expect(stdout).toMatch(/Stripe reached us in \d\.\d s\./);
    expect(code).toBe(0);
    const { data } = await world.stripe.customers.list();
    expect(data).toEqual([]);
  });
});

describe("of the database it names first that", () => {
  it("it is down, and looks at nothing that needs it", async () => {
    const { code, first, stdout } = await command({
      DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
    });
    expect([code, first]).toEqual([1, "Database"]);
    expect(stdout).toMatch(/^· Migrations .*put “Database” right first/m);
    expect(stdout).toMatch(
      /1\. Keys.*2\. Price ids.*3\. URLs.*4\. Cust.*5\. T/s,
    );
  });

  it("a migration is missing", async () => {
    const [newest] = await world.rows<{ id: string; name: string }>(
      "SELECT id, migration_name AS name FROM _prisma_migrations ORDER BY 2 DESC LIMIT 1",
    );
    const hide = (hidden: boolean) =>
      world.rows(
        `UPDATE _prisma_migrations SET rolled_back_at = ${hidden ? "now()" : "NULL"} WHERE id = $1`,
        [newest?.id],
      );
    const named = await broken(
      () => hide(true),
      () => hide(false),
    );
    expect(named).toMatchObject({
      name: "Migrations",
      found: `Not applied yet: ${newest?.name}.`,
      fix: ["npm run db:migrate"],
    });
  });

  it("row-level security is off", async () => {
    const named = await broken(
      () => world.rows("ALTER TABLE customer DISABLE ROW LEVEL SECURITY"),
      () => world.rows("ALTER TABLE customer ENABLE ROW LEVEL SECURITY"),
    );
    expect(named?.name).toBe("Row-level security");
    expect(named?.found).toContain("Off for customer");
  });

  it("the owner is exempt from it", async () => {
    const named = await broken(
      () => world.rows("ALTER TABLE customer NO FORCE ROW LEVEL SECURITY"),
      () => world.rows("ALTER TABLE customer FORCE ROW LEVEL SECURITY"),
    );
    expect(named?.name).toBe("Row-level security");
  });

  it("a policy does not ask which workspace it is", async () => {
    const named = await broken(
      () => world.rows("ALTER POLICY tenant ON customer USING (true)"),
      () =>
        world.rows(
          "ALTER POLICY tenant ON customer USING (tenant_id = app_tenant())",
        ),
    );
    expect(named?.name).toBe("Row-level security");
    expect(named?.found).toContain("customer");
  });

  it("a role bypasses it", async () => {
    // Roles are the whole server's: this database alone gets one that bypasses.
    const role = `doctor_${process.pid}_tenant`;
    const [before] = await world.rows<{ source: string }>(
      "SELECT pg_get_functiondef('app_role'::regproc) AS source",
    );
    const named = await broken(
      async () => {
        await world.rows(`CREATE ROLE ${role} NOLOGIN BYPASSRLS`);
        await world.rows(`CREATE OR REPLACE FUNCTION app_role(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
          AS $$ SELECT CASE kind WHEN 'tenant' THEN '${role}' ELSE 'turnpike_' || kind END $$`);
      },
      async () => {
        await world.rows(before?.source ?? "");
        await world.rows(`DROP ROLE ${role}`);
      },
    );
    expect(named?.name).toBe("Database roles");
    expect(named?.fix).toEqual([
      `ALTER ROLE "${role}" NOSUPERUSER NOBYPASSRLS;`,
    ]);
  });
});

describe("of the keys it names first that", () => {
  it("their mode is not this deployment’s, unless it is meant", async () => {
    const production = { APP_URL: "https://app.example.com" };
    const { code, first, stdout } = await command(production);
    expect([code, first]).toEqual([1, "Key mode"]);
    expect(stdout).toContain('STRIPE_MODE="test"');
    const staging = await command({ ...production, STRIPE_MODE: "test" });
    expect(staging.first).not.toBe("Key mode");
  });

  it("two are of different modes", async () => {
    const { code, first, stdout } = await command({
      STRIPE_PUBLISHABLE_KEY: "pk_live_12345678",
    });
    expect([code, first]).toEqual([1, "Settings"]);
    expect(stdout).toContain("must be of the same mode as STRIPE_SECRET_KEY");
  });

  it("the secret key was revoked", async () => {
    const named = await broken(
      () =>
        world.control("faults", { path: "/v1/prices", status: 401, count: 1 }),
      async () => {},
    );
    expect(named?.name).toBe("Key works");
  });

  it("the clock is off", async () => {
    const proxy = await startLateClock(world.emulator.port);
    const { first, stdout } = await command({ STRIPE_API_BASE: proxy.origin });
    await proxy.close();
    expect(first).toBe("Clock");
    expect(stdout).toMatch(/differ by (359|36\d) s/);
  });
});

describe("of what is sold it names first that", () => {
  it("a price is missing", async () => {
    const { id } = await priceOf("pro_yearly");
    const named = await broken(
      () => world.stripe.prices.update(id, { lookup_key: "sold_no_more" }),
      bringInLine,
    );
    expect(named?.name).toBe("Prices");
    expect(named?.found).toContain("Missing at Stripe: price pro_yearly");
    expect(named?.fix).toEqual(["npm run stripe -- setup"]);
  });

  it("a price has changed", async () => {
    const named = await broken(
      () =>
        world.stripe.prices.create({
          product: "plan_pro",
          currency: "usd",
          unit_amount: 2500,
          recurring: { interval: "month" },
          lookup_key: "pro_monthly",
          transfer_lookup_key: true,
        }),
      bringInLine,
    );
    expect(named?.name).toBe("Prices");
    expect(named?.found).toContain("pro_monthly: $25.00 per month → $29.00");
  });

  it("the portal is not configured", async () => {
    const { configurations } = world.stripe.billingPortal;
    const { data } = await configurations.list({ limit: 100 });
    const ours = data.filter(({ metadata }) => metadata?.["turnpike"]);
    const named = await broken(
      () =>
        Promise.all(
          ours.map(({ id }) =>
            configurations.update(id, { metadata: { turnpike: "" } }),
          ),
        ),
      bringInLine,
    );
    expect(named?.name).toBe("Customer portal");
  });

  it("the key may not read it", async () => {
    const named = await broken(
      () =>
        world.control("faults", {
          path: "/v1/products",
          permission: "rak_product_read",
          count: 20,
        }),
      () =>
        fetch(`${world.emulator.origin}/_emulator/faults`, {
          method: "DELETE",
        }),
    );
    expect(named?.name).toBe("Prices");
    expect(named?.found).toContain("rak_product_read");
  });
});

describe("of addresses it names first that", () => {
  it("Stripe delivers to another one", async () => {
    const { url } = await endpoint();
    const named = await broken(
      () => updateEndpoint({ url: "https://old.example.com/api/webhooks" }),
      () => updateEndpoint({ url }),
    );
    expect(named?.name).toBe("Webhook endpoint");
    expect(named?.found).toContain("https://old.example.com/api/webhooks, and");
  });

  it("the endpoint is disabled", async () => {
    const named = await broken(
      () => updateEndpoint({ disabled: true }),
      () => updateEndpoint({ disabled: false }),
    );
    expect(named?.found).toContain("is disabled");
  });

  it("an event is not subscribed to", async () => {
    const all =
      handledEvents as Stripe.WebhookEndpointUpdateParams.EnabledEvent[];
    const enabled_events = all.filter(
      (type) => type !== "customer.subscription.updated",
    );
    const named = await broken(
      () => updateEndpoint({ enabled_events }),
      () => updateEndpoint({ enabled_events: all }),
    );
    expect(named?.name).toBe("Webhook events");
    expect(named?.found).toBe(
      "Not subscribed to customer.subscription.updated.",
    );
  });

  it("something that asks for a login stands before the webhook", async () => {
    const guard = await listen((_request, response) => {
      response.writeHead(401).end("Authentication Required");
    });
    const url = `${guard.origin}/api/webhooks/stripe`;
    const { url: before } = await endpoint();
    await updateEndpoint({ url });
    const { first, stdout } = await command({ STRIPE_WEBHOOK_ENDPOINT: url });
    await updateEndpoint({ url: before });
    await guard.close();
    expect(first).toBe("Webhook address");
    expect(stdout).toContain("let Stripe through");
  });

  it("events had to be fetched", async () => {
    const named = await broken(
      () =>
        world.rows(
          "INSERT INTO alarm (code, subject) VALUES ('endpoint_silent', 'webhook endpoint')",
        ),
      () => world.rows("DELETE FROM alarm"),
    );
    expect(named?.name).toBe("Webhooks arrive");
  });
});

describe("of what runs it names first that", () => {
  it("a customer’s rows are not as at Stripe", async () => {
    const named = await broken(
      () =>
        world.rows(
          "INSERT INTO alarm (code, subject) VALUES ('two_live_subscriptions', 'sub_1')",
        ),
      () => world.rows("DELETE FROM alarm"),
    );
    expect(named?.name).toBe("Customer data");
    expect(named?.found).toContain("two_live_subscriptions (sub_1)");
  });

  it("the mail server is down", async () => {
    const { first } = await command({ SMTP_URL: "smtp://127.0.0.1:9" });
    expect(first).toBe("Mail");
  });

  it.each(["drain", "heal"])("the cron %s is silent", async (name) => {
    const since = (hours: number) =>
      world.rows(
        `INSERT INTO job_cursor (name, updated_at) VALUES ($1, now() - make_interval(hours => $2))
         ON CONFLICT (name) DO UPDATE SET updated_at = excluded.updated_at`,
        [`ran.${name}`, hours],
      );
    const named = await broken(
      () => since(26),
      () => since(0),
    );
    expect(named?.name).toBe("Crons");
    expect(named?.found).toContain(`/api/cron/${name} has not run since`);
  });

  it("a cron never ran although the deployment is not of today", async () => {
    const age = (hours: number) =>
      world.rows(
        `UPDATE _prisma_migrations SET finished_at = finished_at - make_interval(hours => $1)`,
        [hours],
      );
    await world.rows("DELETE FROM job_cursor");
    const named = await broken(
      () => age(26),
      () => age(-26),
    );
    expect(named?.found).toContain("/api/cron/drain has never run");
  });

  it("the cron’s own run is what makes it green", async () => {
    await world.rows(
      "INSERT INTO job_cursor (name, updated_at) VALUES ('ran.drain', now() - interval '3 days')",
    );
    expect((await look())?.name).toBe("Crons");
    expect((await world.cron()).status).toBe(200);
    expect(await look()).toBeUndefined();
  });

  const store = (id: string, state: string) =>
    world.rows(
      `INSERT INTO stripe_event (account, livemode, id, type, payload, secret_index, state, next_try_at, finished_at)
       VALUES ('', false, $1, 'customer.updated', '\\x', 0, $2::"EventState", now() - interval '1 hour',
         CASE WHEN $2 = 'dead' THEN now() END)`,
      [id, state],
    );
  const forget = () => world.rows("DELETE FROM stripe_event");

  it("there is a backlog", async () => {
    const named = await broken(() => store("evt_late", "pending"), forget);
    expect(named?.name).toBe("Backlog");
    expect(named?.found).toContain("1 events");
  });

  it("an event is dead", async () => {
    const named = await broken(() => store("evt_dead", "dead"), forget);
    expect(named?.name).toBe("Dead events");
    expect(named?.fix).toEqual(["npm run stripe -- replay evt_dead"]);
  });

  it("nobody is staff", async () => {
    const { code, first } = await command({ STAFF_EMAILS: "" });
    expect([code, first]).toEqual([1, "Staff"]);
  });
});

// Last: a new endpoint has another secret than the app.
describe("of the endpoint it names first that", () => {
  const withLive = async () =>
    firstWrong(await examine([...checks, liveCheck(seconds(2))]));

  it("it signs with another secret, which only a webhook proves; and leaves no customer behind", async () => {
    const { id } = await endpoint();
    await world.control("secrets", { endpoint: id, overlap_seconds: 0 });
    expect(await look()).toBeUndefined();
    const named = await withLive();
    expect(named?.name).toBe("Stripe reaches us");
    expect(named?.found).toContain("STRIPE_WEBHOOK_SECRET");
    expect((await world.stripe.customers.list()).data).toEqual([]);
  });

  it("nothing arrives, though the event was read from Stripe’s list", async () => {
    const since = after(new Date(), -minutes(5));
    let named: Examined | undefined | "looking" = "looking";
    const looking = withLive().then((found) => {
      named = found;
    });
    while (named === "looking") await reconcileEvents({ since });
    await looking;
    const events = await world.rows(
      "SELECT id FROM stripe_event WHERE type = 'customer.created' AND secret_index = -1",
    );
    expect(events).not.toEqual([]);
    expect(named).toMatchObject({ name: "Stripe reaches us" });
  });

  it("it speaks another version", async () => {
    const { id, url } = await endpoint();
    await world.stripe.webhookEndpoints.del(id);
    await world.stripe.webhookEndpoints.create({
      url,
      enabled_events: ["*"],
      api_version: "2024-06-20",
    });
    expect((await look())?.name).toBe("Webhook version");
  });

  it("there is none", async () => {
    await world.stripe.webhookEndpoints.del((await endpoint()).id);
    const named = await look();
    expect(named?.name).toBe("Webhook endpoint");
    expect(named?.found).toMatch(/^Stripe has no webhook endpoint for http/);
    expect(named?.fix[0]).toMatch(/^STRIPE_WEBHOOK_ENDPOINT=.* npm run stripe/);
  });
});

/** Passes on to Stripe, and answers with a clock that is six minutes ahead. */
function startLateClock(port: number) {
  return listen((request, response) => {
    const { method, url, headers } = request;
    const onward = http.request(
      { host: "127.0.0.1", port, method, path: url, headers },
      (answer) => {
        const date = new Date(Date.now() + 360_000).toUTCString();
        response.writeHead(answer.statusCode ?? 500, {
          ...answer.headers,
          date,
        });
        answer.pipe(response);
      },
    );
    request.pipe(onward);
  });
}

async function listen(answer: http.RequestListener) {
  const server = http.createServer(answer);
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
