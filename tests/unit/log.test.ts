import Stripe from "stripe";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { scrub } from "@/lib/platform/scrub";

beforeEach(() => {
  vi.resetModules(); // the environment is read once
  process.env["LOG_LEVEL"] = "debug";
});

/** What one log line holds, whatever is given to it. */
async function lineOf(fields: object, words = "something happened") {
  const { createLog } = await import("@/lib/platform/log");
  const lines: string[] = [];
  createLog({ write: (line) => lines.push(line) }).error(fields, words);
  return lines.join("");
}

/** One of each kind that must never be written down. */
const canaries = {
  key: "sk_test_Canary1234567890",
  webhookSecret: "whsec_Canary12345678901234567890",
  clientSecret: "pi_3Canary_secret_Canary456",
  session: "kQ2Canary8ZxY4mN7bV1cR5tW9pL3sD6f",
  password: "correct horse Canary",
  email: "canary@example.com",
  name: "Ada Canary Lovelace",
  database: "postgres://canary:hunter2@db.example/app",
  card: "4242 4242 4242 4242",
};
const everyCanary = Object.values(canaries);
const leaked = (text: string) =>
  everyCanary.filter((one) => text.includes(one));

describe("a line of the log", () => {
  it("keeps the ids that it may hold", async () => {
    expect(JSON.parse(await lineOf({ tenantId: "t1", attempts: 3 }))).toEqual({
      level: 50,
      time: expect.any(Number) as number,
      tenantId: "t1",
      attempts: 3,
      msg: "something happened",
    });
  });

  it("is one line, whatever stands in it", async () => {
    const forged = 'refused\r\n{"level":30,"msg":"all is well"}\u2028';
    const error = { name: forged, message: forged };
    const line = await lineOf({ tenantId: forged, error }, forged);
    expect(line.trimEnd()).not.toMatch(/[\r\n]/);
    expect(JSON.parse(line)).toMatchObject({ level: 50, tenantId: forged });
  });

  it("leaves out what nobody allowed, however it is given", async () => {
    const line = await lineOf({
      ...canaries,
      headers: { cookie: canaries.session },
      tenantId: { name: canaries.name },
      error: { ...canaries, message: `for "${canaries.name}"`, raw: canaries },
    });
    expect(leaked(line)).toEqual([]);
  });

  it("tells of an error what went wrong and where, and nothing of whom", async () => {
    const { describeError } = await import("@/lib/platform/log");
    const errors = [
      new Stripe.errors.StripeCardError({
        type: "card_error",
        message: `No such customer: '${canaries.name}' at ${canaries.email}`,
        code: "card_declined",
        payment_intent: { client_secret: canaries.clientSecret } as never,
      }),
      Object.assign(new Error(`invalid text: "${canaries.password}"`), {
        code: "22P02",
        detail: canaries.email,
      }),
      new Error(`connect ${canaries.database} failed`, { cause: canaries }),
      new Error(`550 <${canaries.email}>: card ${canaries.card} refused`),
      new Error(`token ${canaries.session}, key ${canaries.key}`),
      new Error(`secrets ${canaries.webhookSecret}, ${canaries.clientSecret}`),
      new Error(
        `Invalid call:\n  name: "${canaries.name}",\n  at ${canaries.email}`,
      ),
    ];
    for (const error of errors) {
      expect(leaked(`${error.message}${JSON.stringify(error)}`)).not.toEqual(
        [],
      );
      const line = await lineOf({ error: describeError(error) });
      expect([error.message, leaked(line)]).toEqual([error.message, []]);
      expect(line).toContain("log.test.ts"); // where it was thrown
    }
    for (const wordless of [new Error(), new AggregateError([])])
      expect(describeError(wordless).stack).toContain("log.test.ts");
    expect(describeError(errors[0])).toMatchObject({
      name: "Error",
      code: "card_declined",
      message: "No such customer: … at …",
    });
  });

  it("what Next says of an error goes the same way", async () => {
    const { createLog, logConsoleErrors } = await import("@/lib/platform/log");
    const original = console.error;
    const lines: string[] = [];
    try {
      logConsoleErrors(createLog({ write: (line) => lines.push(line) }));
      const words = `⨯ for ${canaries.email}`;
      console.error(words, Object.assign(new Error(canaries.email), canaries));
    } finally {
      console.error = original;
    }
    expect(lines.join("")).toContain("⨯ for …");
    expect(leaked(lines.join(""))).toEqual([]);
  });
});

it("what nobody foresaw is written down with its request id", async () => {
  const { log } = await import("@/lib/platform/log");
  const { toAppError } = await import("@/lib/platform/problem");
  const written = vi.spyOn(log(), "error").mockImplementation(() => {});
  toAppError(new TypeError("x is no function"), "req_1");
  const error = expect.objectContaining({ name: "TypeError" }) as object;
  expect(written.mock.calls).toEqual([
    [{ requestId: "req_1", error }, "request failed"],
  ]);
});

it("words without anybody's values stay as they are", () => {
  for (const words of [
    "database does not answer",
    "no portal configuration at Stripe: run npm run stripe -- setup",
    "connect ECONNREFUSED 127.0.0.1:5432",
    "Connection terminated due to connection timeout",
    "it's what the server didn't say",
  ])
    expect(scrub(words)).toBe(words);
});
