import { expect, it } from "vitest";
import { leaksIn, secretsOf } from "../support/canaries";

it("every secret of the settings is searched for, and found where it stands", () => {
  const env = {
    NODE_ENV: "test",
    DATABASE_URL: "postgres://app:pass-Canary-1@127.0.0.1/db",
    BETTER_AUTH_SECRET: "auth-Canary-2",
    CRON_SECRET: "cron-Canary-3",
    STRIPE_SECRET_KEY: "sk_test_Canary4",
    STRIPE_WEBHOOK_SECRET: "whsec_Canary5,whsec_Canary6",
    APP_URL: "http://localhost:3000",
  } as const;
  const secrets = secretsOf(env);
  expect(secrets).toHaveLength(6);
  for (const secret of secrets)
    expect(leaksIn(`<p>${secret}</p>`, secrets)).toHaveLength(1);
  expect(leaksIn("pi_3Ab_secret_Canary7", [])).toHaveLength(1);
  expect(leaksIn("correct horse battery", [])).toHaveLength(1);
  expect(leaksIn("http://localhost:3000/t/acme", secrets)).toEqual([]);
});
