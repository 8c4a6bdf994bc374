import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const forwarded = (text: string) => new Headers({ "x-forwarded-for": text });

async function addressWith(settings: object, headers: Headers) {
  Object.assign(process.env, { TRUSTED_PROXY: "", VERCEL: "", ...settings });
  vi.resetModules();
  const { addressOf } = await import("@/lib/platform/address");
  return addressOf(headers);
}

describe("where a request comes from", () => {
  const before = { ...process.env };
  beforeEach(() => Object.assign(process.env, { LOG_LEVEL: "silent" }));
  afterEach(() => {
    delete process.env["TRUSTED_PROXY"];
    delete process.env["VERCEL"];
    Object.assign(process.env, before);
  });

  it("is not known while no proxy is trusted, whatever a caller says", async () => {
    expect(await addressWith({}, forwarded("203.0.113.9"))).toBeNull();
  });

  it.each([
    ["1", "203.0.113.9", "203.0.113.9"],
    ["1", "1.2.3.4, 203.0.113.9", "203.0.113.9"],
    ["2", "1.2.3.4, 203.0.113.9, 10.0.0.1", "203.0.113.9"],
    ["2", "203.0.113.9", null],
    ["1", "unknown", null],
    ["1", "", null],
    ["1", "1.2.3.4, <script>", null],
  ])("behind %s proxies, of %j, is %s", async (hops, said, address) => {
    expect(await addressWith({ TRUSTED_PROXY: hops }, forwarded(said))).toBe(
      address,
    );
  });

  it("is what the named header says, and no other", async () => {
    const headers = forwarded("1.2.3.4");
    headers.set("cf-connecting-ip", "203.0.113.9");
    const named = { TRUSTED_PROXY: "cf-connecting-ip" };
    expect(await addressWith(named, headers)).toBe("203.0.113.9");
    expect(await addressWith(named, forwarded("1.2.3.4"))).toBeNull();
  });

  it("is known on Vercel", async () => {
    const headers = new Headers({ "x-vercel-forwarded-for": "203.0.113.9" });
    expect(await addressWith({ VERCEL: "1" }, headers)).toBe("203.0.113.9");
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["::ffff:203.0.113.9", "203.0.113.9"],
    ["::FFFF:cb00:7109", "203.0.113.9"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ])("of IPv6 is its network: %s is %s", async (said, network) => {
    expect(await addressWith({ TRUSTED_PROXY: "1" }, forwarded(said))).toBe(
      network,
    );
  });
});

describe("the setting", () => {
  it.each(["0", "10", "a b", "x:y"])("%j stops the boot", async (value) => {
    const { parseEnv } = await import("@/lib/platform/env");
    expect(() => parseEnv({ TRUSTED_PROXY: value })).toThrow(/TRUSTED_PROXY/);
  });
});
