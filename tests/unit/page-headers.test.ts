import { readdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { beforeEach, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules(); // the environment is read once
  Object.assign(process.env, {
    NODE_ENV: "production",
    APP_URL: "https://app.example.com",
    STRIPE_API_BASE: "",
    STRIPE_CHECKOUT_ORIGIN: "",
  });
});

async function policyOf(path: string) {
  const { pageHeaders } = await import("@/lib/platform/page-headers");
  const { "Content-Security-Policy": policy = "" } = pageHeaders(path, "abc");
  return Object.fromEntries(
    policy.split("; ").map((part) => {
      const [directive = "", ...sources] = part.split(" ");
      return [directive, sources.join(" ")];
    }),
  );
}

it("a page may run its own scripts, talk to this site and send its forms to Stripe, and nothing else", async () => {
  expect(await policyOf("/t/acme/billing")).toEqual({
    "default-src": "'none'",
    "script-src": "'self' 'nonce-abc'",
    "script-src-attr": "'none'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "frame-src": "'none'",
    "form-action":
      "'self' https://checkout.stripe.com https://billing.stripe.com https://hooks.stripe.com",
    "base-uri": "'none'",
    "object-src": "'none'",
    "frame-ancestors": "'none'",
    "upgrade-insecure-requests": "",
  });
});

it("only a page that pays may run Stripe's script and show its frames", async () => {
  for (const path of ["/t/acme/checkout", "/t/acme/billing/pay/in_1"])
    expect(await policyOf(path)).toMatchObject({
      "script-src":
        "'self' 'nonce-abc' https://js.stripe.com https://*.js.stripe.com https://checkout.stripe.com",
      "frame-src":
        "https://js.stripe.com https://*.js.stripe.com https://checkout.stripe.com https://hooks.stripe.com",
      "connect-src":
        "'self' https://api.stripe.com https://checkout.stripe.com",
      "img-src": "'self' data: https://*.stripe.com",
    });
  for (const path of ["/checkout/cs_1", "/t/checkout", "/t/a/checkouts", "/"])
    expect(await policyOf(path)).toMatchObject({ "frame-src": "'none'" });
});

it("a stand-in for Stripe, or its checkout on a domain of ours, takes the place of Stripe's own hosts", async () => {
  process.env["STRIPE_CHECKOUT_ORIGIN"] = "https://pay.example.com";
  expect((await policyOf("/"))["form-action"]).toMatch(
    / https:\/\/pay\.example\.com$/,
  );
  vi.resetModules();
  process.env["STRIPE_API_BASE"] = "http://localhost:4242";
  expect(await policyOf("/t/acme/checkout")).toMatchObject({
    "form-action": "'self' http://localhost:4242",
    "script-src": "'self' 'nonce-abc' http://localhost:4242",
  });
});

it("scripts may be made from text while developing, and never in production", async () => {
  Object.assign(process.env, { NODE_ENV: "development" });
  expect((await policyOf("/"))["script-src"]).toContain("'unsafe-eval'");
});

it("every page whose parts load Stripe.js is one of those that may run it", async () => {
  const { isPaymentPage } = await import("@/lib/platform/page-headers");
  const files = readdirSync("app", { recursive: true, encoding: "utf8" });
  const loading = files
    .filter((path) => path.endsWith(".ts") || path.endsWith(".tsx"))
    .filter((path) => !path.endsWith("/ask-stripe-js.ts")) // its callers are among them
    .filter((path) =>
      /stripe\/stripe-js|ask-stripe-js/.test(
        readFileSync(`app/${path}`, "utf8"),
      ),
    )
    .map((path) => `/${dirname(path)}`.replace("/_components", ""));
  expect(loading.length).toBeGreaterThan(1);
  for (const page of loading)
    expect([page, isPaymentPage(page)]).toEqual([page, true]);
});
