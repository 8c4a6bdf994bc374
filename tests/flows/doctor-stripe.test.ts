import http from "node:http";
import type { AddressInfo } from "node:net";
import type Stripe from "stripe";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  bringInLine,
  broken,
  doctorActs,
  lookWith,
} from "@/tests/support/doctor-acts";
import { handledEvents } from "@/lib/webhooks/handlers";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
let acts: ReturnType<typeof doctorActs>;
beforeAll(async () => {
  world = await startWorld({ mail: true });
  acts = doctorActs(world);
});
afterAll(() => world.close());

describe("of the keys it names first that", () => {
  it("their mode is not this deployment’s, unless it is meant", async () => {
    const production = { APP_URL: "https://app.example.com" };
    const named = await lookWith(production);
    expect(named?.name).toBe("Key mode");
    expect(named?.fix.join()).toContain('STRIPE_MODE="test"');
    const staging = await lookWith({ ...production, STRIPE_MODE: "test" });
    expect(staging?.name).not.toBe("Key mode");
  });

  it("two are of different modes", async () => {
    const named = await lookWith({
      STRIPE_PUBLISHABLE_KEY: "pk_live_12345678",
    });
    expect(named?.name).toBe("Settings");
    expect(named?.found).toContain(
      "must be of the same mode as STRIPE_SECRET_KEY",
    );
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
    const named = await lookWith({ STRIPE_API_BASE: proxy.origin });
    await proxy.close();
    expect(named?.name).toBe("Clock");
    expect(named?.found).toMatch(/differ by (359|36\d) s/);
  });
});

describe("of what is sold it names first that", () => {
  it("a price is missing", async () => {
    const { id } = await acts.priceOf("pro_yearly");
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
  it("nobody said where this deployment is reached, or it is not by https", async () => {
    const unsaid = await lookWith({ NODE_ENV: "production", APP_URL: "" });
    expect(unsaid?.name).toBe("Addresses");
    expect(unsaid?.fix[0]).toMatch(/^APP_URL=/);
    const plain = await lookWith({ APP_URL: "http://app.example.com" });
    expect(plain?.name).toBe("Addresses");
    expect(plain?.fix).toEqual(['APP_URL="https://app.example.com"']);
  });

  it("Stripe delivers to another one", async () => {
    const { url } = await acts.endpoint();
    const named = await broken(
      () =>
        acts.updateEndpoint({ url: "https://old.example.com/api/webhooks" }),
      () => acts.updateEndpoint({ url }),
    );
    expect(named?.name).toBe("Webhook endpoint");
    expect(named?.found).toContain("https://old.example.com/api/webhooks, and");
  });

  it("the endpoint is disabled", async () => {
    const named = await broken(
      () => acts.updateEndpoint({ disabled: true }),
      () => acts.updateEndpoint({ disabled: false }),
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
      () => acts.updateEndpoint({ enabled_events }),
      () => acts.updateEndpoint({ enabled_events: all }),
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
    const { url: before } = await acts.endpoint();
    await acts.updateEndpoint({ url });
    const named = await lookWith({ STRIPE_WEBHOOK_ENDPOINT: url });
    await acts.updateEndpoint({ url: before });
    await guard.close();
    expect(named?.name).toBe("Webhook address");
    expect(named?.found).toContain("let Stripe through");
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
