import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules(); // the environment is read once
  Object.assign(process.env, {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
    BETTER_AUTH_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
    STRIPE_SECRET_KEY: "sk_test_unit12345678",
    STRIPE_WEBHOOK_SECRET: "whsec_012345678901234567890123456",
    LOG_LEVEL: "silent",
  });
});

const event = {
  id: "evt_unsigned",
  object: "event",
  type: "customer.subscription.updated",
  livemode: false,
  data: { object: { id: "sub_1" } },
};

async function post(body: object) {
  const { POST } = await import("@/app/api/webhooks/stripe/route");
  const url = "http://localhost:3000/";
  const text = JSON.stringify(body);
  const answer = await POST(new Request(url, { method: "POST", body: text }));
  return [answer.status, await answer.json()] as const;
}

it("without a Stripe key a webhook is refused, so that Stripe sends it again", async () => {
  process.env["STRIPE_SECRET_KEY"] = "";
  expect(await post({})).toMatchObject([
    503,
    { code: "payments_not_configured" },
  ]);
});

it("while no webhook secret is set, nothing unsigned is believed", async () => {
  process.env["STRIPE_WEBHOOK_SECRET"] = "";
  expect(await post(event)).toMatchObject([
    503,
    { code: "payments_not_configured" },
  ]);
});
