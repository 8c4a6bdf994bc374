import { expect, it } from "vitest";
import { POST as webhook } from "@/app/api/webhooks/stripe/route";

Object.assign(process.env, {
  APP_URL: "http://localhost:3000",
  DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
  BETTER_AUTH_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
  STRIPE_SECRET_KEY: "",
  STRIPE_WEBHOOK_SECRET: "whsec_012345678901234567890123456",
  LOG_LEVEL: "silent",
});

it("without a Stripe key a webhook is refused, so that Stripe sends it again", async () => {
  const request = new Request("http://localhost:3000/", {
    method: "POST",
    body: "{}",
  });
  const answer = await webhook(request);
  expect([answer.status, await answer.json()]).toMatchObject([
    503,
    { code: "payments_not_configured" },
  ]);
});
