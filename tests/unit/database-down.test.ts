import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { POST as checkout } from "@/app/api/checkout/route";
import { GET as health } from "@/app/api/health/route";
import { POST as signIn } from "@/app/api/sign-in/route";
import { POST as webhook } from "@/app/api/webhooks/stripe/route";

const secret = "a-secret-of-the-tests-and-of-nothing-else";
const webhookSecret = "whsec_012345678901234567890123456";

Object.assign(process.env, {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
  BETTER_AUTH_SECRET: secret,
  STRIPE_SECRET_KEY: "sk_test_database_down",
  STRIPE_WEBHOOK_SECRET: webhookSecret,
  LOG_LEVEL: "silent",
});

function post(headers: Record<string, string>, body: string) {
  return new Request("http://localhost:3000/", {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: "http://localhost:3000",
      ...headers,
    },
    body,
  });
}

const sessionCookie = () => {
  const signature = createHmac("sha256", secret)
    .update("token")
    .digest("base64");
  return `turnpike.session_token=${encodeURIComponent(`token.${signature}`)}`;
};

const event = JSON.stringify({
  id: "evt_1",
  object: "event",
  type: "invoice.paid",
  livemode: false,
  data: { object: { id: "in_1" } },
});

const signature = () => {
  const t = Math.floor(Date.now() / 1000);
  const mac = createHmac("sha256", webhookSecret)
    .update(`${t}.${event}`)
    .digest("hex");
  return `t=${t},v1=${mac}`;
};

describe("with the database down", () => {
  it.each([
    [
      "buying",
      () =>
        checkout(
          post({ cookie: sessionCookie() }, '{"priceId":"pro_monthly"}'),
        ),
    ],
    [
      "signing in",
      () => signIn(post({}, '{"email":"a@example.com","password":"12345678"}')),
    ],
    [
      "a webhook",
      () => webhook(post({ "stripe-signature": signature() }, event)),
    ],
  ])("%s is 503 and says when to come again", async (_, ask) => {
    const answer = await ask();
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { code: "database_unavailable" },
    ]);
    expect(answer.headers.get("retry-after")).toBe("5");
  });

  it("the health check is 503", async () => {
    const asked = new Request("http://localhost:3000/api/health");
    expect((await health(asked)).status).toBe(503);
  });
});
