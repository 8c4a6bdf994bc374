import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { verifyEvent } from "@/lib/webhooks/verify";

const secret = "whsec_first0123456789012345678901";
const second = "whsec_second012345678901234567890";
const now = new Date("2026-03-12T12:00:00Z");
const at = now.getTime() / 1000;

const event = {
  id: "evt_1",
  object: "event",
  type: "invoice.paid",
  livemode: false,
  api_version: "2026-10-28.endive",
  data: { object: { id: "in_1", object: "invoice" } },
};
const body = Buffer.from(JSON.stringify(event, null, 2));

const mac = (bytes: Uint8Array, key = secret, t: string | number = at) =>
  createHmac("sha256", key).update(`${t}.`).update(bytes).digest("hex");
const header = (bytes: Uint8Array, key = secret, t: string | number = at) =>
  `t=${t},v1=${mac(bytes, key, t)}`;

beforeAll(() => {
  process.env.LOG_LEVEL = "silent";
  process.env.STRIPE_SECRET_KEY = "sk_test_verify123";
  process.env.STRIPE_WEBHOOK_SECRET = `${secret},${second}`;
});

describe("a webhook", () => {
  it.each([
    ["the first secret", header(body)],
    ["the second one", header(body, second)],
    [
      "a rolled secret beside a wrong signature",
      `t=${at},v1=${"0".repeat(64)},v1=${mac(body)}`,
    ],
    [
      "a signature of the wrong length beside it",
      `t=${at},v1=abc,v1=${mac(body)}`,
    ],
    [
      "a test-scheme signature beside it",
      `t=${at},v1=${mac(body)},v0=${"0".repeat(64)}`,
    ],
  ])("is believed when signed with %s", (_, signature) => {
    expect(verifyEvent(body, signature, now).event.id).toBe("evt_1");
  });

  it.each([
    ["no header", null],
    ["an empty one", ""],
    ["rubbish", "rubbish"],
    ["a time alone", `t=${at}`],
    ["no time", `v1=${mac(body)}`],
    ["the test scheme alone", `t=${at},v0=${mac(body)}`],
    ["an empty signature", `t=${at},v1=`],
    ["a bare v1", `t=${at},v1`],
    ["an upper-case signature", `t=${at},v1=${mac(body).toUpperCase()}`],
    ["a stranger's secret", header(body, "whsec_third0123456789012345678901")],
    ["an empty secret", header(body, " ")],
    ["the secret 'undefined'", header(body, "undefined")],
    ["a time that is no number", header(body, secret, "abc")],
    ["a time with junk behind it", header(body, secret, `${at}junk`)],
    ["a negative time", header(body, secret, -at)],
    ["two times", `t=${at},${header(body)}`],
    ["two headers joined", `${header(body)}, ${header(body)}`],
    ["a time 302 s ago", header(body, secret, at - 302)],
    ["a time 302 s ahead", header(body, secret, at + 302)],
    ["a header over 4 KiB", `${header(body)}${",v1=ab".repeat(1000)}`],
  ])("is refused with %s", (_, signature) => {
    expect(() => verifyEvent(body, signature, now)).toThrow(
      expect.objectContaining({ code: "webhook_invalid", status: 400 }),
    );
  });

  it.each([
    ["re-encoded", Buffer.from(JSON.stringify(event))],
    ["with a line end more", Buffer.concat([body, Buffer.from("\r\n")])],
    [
      "with a byte-order mark",
      Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), body]),
    ],
    ["emptied", Buffer.alloc(0)],
    [
      "with one bit flipped",
      Buffer.from(body.map((byte, i) => (i === 40 ? byte ^ 1 : byte))),
    ],
  ])("is refused when its body was %s on the way", (_, bytes) => {
    expect(() => verifyEvent(bytes, header(body), now)).toThrow(
      "could not be verified",
    );
  });

  it.each([
    ["no JSON", "hello"],
    ["cut off", '{"id":"evt_1"'],
    ["null", "null"],
    ["a list", "[]"],
    ["a number", "42"],
    ["an empty object", "{}"],
    ["a thin event", JSON.stringify({ ...event, object: "v2.core.event" })],
    [
      "an event with a strange id",
      JSON.stringify({ ...event, id: "'; drop table" }),
    ],
  ])("38: is refused when what was signed is %s", (_, text) => {
    const bytes = Buffer.from(text);
    expect(() => verifyEvent(bytes, header(bytes), now)).toThrow(
      "could not be verified",
    );
  });
});
