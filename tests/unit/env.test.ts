import { describe, expect, it } from "vitest";
import { parseEnv } from "@/lib/platform/env";

describe("the environment", () => {
  it("may be empty", () => {
    expect(parseEnv({}).appUrl).toBe("http://localhost:3000");
  });

  it("counts blank values as unset and trims the others", () => {
    const env = parseEnv({
      DATABASE_URL: "  ",
      STRIPE_SECRET_KEY: " sk_test_12345678\n",
    });
    expect(env.DATABASE_URL).toBeUndefined();
    expect(env.STRIPE_SECRET_KEY).toBe("sk_test_12345678");
  });

  it("names every malformed setting at once", () => {
    const source = {
      DATABASE_URL: "mysql://x",
      STRIPE_SECRET_KEY: "pk_test_12345678",
      STRIPE_WEBHOOK_SECRET: "undefined",
      BETTER_AUTH_SECRET: "short",
    };
    const names = Object.keys(source);
    expect(() => parseEnv(source)).toThrow(
      new RegExp(names.map((name) => `(?=[^]*${name}:)`).join("")),
    );
  });

  it.each(["", "undefined", "null", "whsec_", "whsec_short"])(
    "never takes %j for a webhook secret",
    (secret) => {
      const parse = () =>
        parseEnv({ STRIPE_WEBHOOK_SECRET: secret }).STRIPE_WEBHOOK_SECRET;
      if (secret === "") expect(parse()).toBeUndefined();
      else expect(parse).toThrow("STRIPE_WEBHOOK_SECRET");
    },
  );

  it("takes several webhook secrets, for a rotation", () => {
    const [a, b] = [
      "whsec_a0123456789012345678901234",
      "whsec_b0123456789012345678901234",
    ];
    expect(
      parseEnv({ STRIPE_WEBHOOK_SECRET: `${a}, ${b}` }).STRIPE_WEBHOOK_SECRET,
    ).toEqual([a, b]);
  });

  it("refuses a live key together with another API host", () => {
    const source = {
      STRIPE_SECRET_KEY: "sk_live_12345678",
      STRIPE_API_BASE: "http://localhost:12111",
    };
    expect(() => parseEnv(source)).toThrow("live key");
  });

  it("refuses keys of different modes", () => {
    const source = {
      STRIPE_SECRET_KEY: "sk_test_12345678",
      STRIPE_PUBLISHABLE_KEY: "pk_live_12345678",
    };
    expect(() => parseEnv(source)).toThrow("same mode");
  });

  const onVercel = {
    VERCEL: "1",
    VERCEL_URL: "turnpike-3f2a1b.vercel.app",
    VERCEL_BRANCH_URL: "turnpike-git-prices.vercel.app",
    VERCEL_PROJECT_PRODUCTION_URL: "app.example.com",
  };
  const production = { ...onVercel, VERCEL_ENV: "production" };
  const preview = { ...onVercel, VERCEL_ENV: "preview" };

  it("is at production’s address on Vercel, or where APP_URL says", () => {
    expect(parseEnv(production).appUrl).toBe("https://app.example.com");
    const APP_URL = "https://billing.example.com/";
    expect(parseEnv({ ...production, APP_URL }).appUrl).toBe(
      "https://billing.example.com",
    );
  });

  it("is at a preview’s own address, also where APP_URL names production’s", () => {
    const APP_URL = "https://app.example.com";
    expect(parseEnv({ ...preview, APP_URL }).appUrl).toBe(
      "https://turnpike-git-prices.vercel.app",
    );
    expect(parseEnv({ ...preview, VERCEL_BRANCH_URL: "" }).appUrl).toBe(
      "https://turnpike-3f2a1b.vercel.app",
    );
  });

  it("takes no live key in a preview", () => {
    const live = { STRIPE_SECRET_KEY: "rk_live_12345678" };
    expect(() => parseEnv({ ...preview, ...live })).toThrow("for Production");
    expect(() => parseEnv({ ...production, ...live })).not.toThrow();
    const test = { STRIPE_SECRET_KEY: "sk_test_12345678" };
    expect(() => parseEnv({ ...preview, ...test })).not.toThrow();
  });
});
