import fc from "fast-check";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { returnUrls } from "@/lib/billing/return-urls";

beforeAll(() => {
  process.env.APP_URL = "https://app.example.com";
});

const tenant = {
  successUrl: null,
  cancelUrl: null,
  allowedOrigins: ["https://shop.example.org"],
};

describe("where Checkout returns to", () => {
  it("is our own pages when nobody says otherwise", () => {
    expect(returnUrls({}, null, "acme")).toEqual({
      successUrl:
        "https://app.example.com/checkout/success?session_id={CHECKOUT_SESSION_ID}",
      cancelUrl: "https://app.example.com/checkout/cancelled?tenant=acme",
    });
  });

  it("is the tenant's setting before ours, and the request's before both", () => {
    const own = { ...tenant, successUrl: "https://shop.example.org/thanks" };
    expect(returnUrls({}, own, "acme").successUrl).toBe(
      "https://shop.example.org/thanks?session_id={CHECKOUT_SESSION_ID}",
    );
    expect(
      returnUrls({ successUrl: "/done?x=1#end" }, own, "acme").successUrl,
    ).toBe(
      "https://app.example.com/done?x=1&session_id={CHECKOUT_SESSION_ID}#end",
    );
  });

  it("is the deployment's setting where neither says anything", async () => {
    const settings = {
      STRIPE_SUCCESS_URL: "https://www.example.com/thanks",
      STRIPE_CANCEL_URL: "https://www.example.com/back",
    };
    vi.resetModules(); // the environment is read once
    Object.assign(process.env, settings);
    const fresh = await import("@/lib/billing/return-urls");
    const session = "?session_id={CHECKOUT_SESSION_ID}";
    expect(fresh.returnUrls({}, tenant, "acme")).toEqual({
      successUrl: settings.STRIPE_SUCCESS_URL + session,
      cancelUrl: settings.STRIPE_CANCEL_URL + session,
    });
    const own = { ...tenant, cancelUrl: "https://shop.example.org/no" };
    const { cancelUrl } = fresh.returnUrls({}, own, "acme");
    expect(cancelUrl).toBe(own.cancelUrl + session);
    for (const name of Object.keys(settings)) delete process.env[name];
  });

  it("may be an origin allowed for the tenant, and keeps a placeholder where it stands", () => {
    const wanted = {
      successUrl: "https://shop.example.org/ok/{CHECKOUT_SESSION_ID}",
    };
    expect(returnUrls(wanted, tenant, "acme").successUrl).toBe(
      wanted.successUrl,
    );
  });

  it.each([
    "https://evil.com",
    "//evil.com",
    "/\\evil.com",
    "/\t/evil.com",
    "\\\\evil.com",
    "javascript:alert(1)",
    "data:text/html,x",
    "https://app.example.com@evil.com",
    "https://user:pw@app.example.com/",
    "https://app.example.com.evil.com",
    "http://app.example.com",
    "https://app.example.com:444/",
    "https://app.example.com ",
    "https://app.example.com\\x",
    "/.//evil.com",
    "",
    " /x",
    "/x y",
  ])("is never %j", (url) => {
    expect(() => returnUrls({ successUrl: url }, tenant, "acme")).toThrow(
      "return address",
    );
    expect(() => returnUrls({ cancelUrl: url }, tenant, "acme")).toThrow(
      "return address",
    );
  });
});

it("leads to an allowed origin or is refused, whatever is asked for", () => {
  const hostile = fc.oneof(
    fc.webUrl(),
    fc.string({ unit: "binary" }),
    fc
      .tuple(
        fc.constantFrom(
          "/",
          "//",
          "/\\",
          "https:",
          "https://app.example.com",
          "\t/",
        ),
        fc.string(),
      )
      .map(([start, rest]) => start + rest),
  );
  fc.assert(
    fc.property(hostile, (successUrl) => {
      let url: string;
      try {
        url = returnUrls({ successUrl }, tenant, "acme").successUrl;
      } catch {
        return;
      }
      expect(["https://app.example.com", "https://shop.example.org"]).toContain(
        new URL(url).origin,
      );
    }),
    { numRuns: 5000, seed: Number(process.env.SEED ?? 1) },
  );
});
