import Stripe from "stripe";
import { describe, expect, it } from "vitest";
import { AppError, listErrors, messageFor } from "@/lib/platform/errors";
import { problem, toAppError } from "@/lib/platform/problem";
import { cardError } from "@/lib/platform/stripe-errors";

const { errors } = Stripe;
const theirs = "Text of a library that nobody shall read.";

/** What a caller gets when this is thrown. */
async function told(thrown: unknown) {
  const answer = problem(toAppError(thrown, "req_test"), "req_test");
  const body = (await answer.json()) as Record<string, unknown>;
  expect(JSON.stringify(body)).not.toContain(theirs);
  const retry = answer.headers.get("retry-after");
  return { status: answer.status, retry, ...body };
}

const raw = (more: object = {}) => ({ message: theirs, ...more }) as never;

describe("what Stripe throws", () => {
  it.each([
    [
      "a declined card",
      new errors.StripeCardError(
        raw({ code: "card_declined", decline_code: "insufficient_funds" }),
      ),
      {
        status: 402,
        error_type: "card_error",
        code: "card_declined",
        decline_code: "insufficient_funds",
        type: "/docs/errors#insufficient_funds",
        retry: null,
      },
    ],
    [
      "a bank that is busy",
      new errors.StripeCardError(raw({ code: "processing_error" })),
      { status: 402, code: "processing_error", retry: "60" },
    ],
    [
      "a code that is new to us",
      new errors.StripeCardError(raw({ code: "card_on_fire" })),
      { status: 402, code: "card_declined", decline_code: "card_on_fire" },
    ],
    [
      "a parameter that it does not take",
      new errors.StripeInvalidRequestError(raw({ param: "amount" })),
      {
        status: 422,
        error_type: "invalid_request",
        code: "payment_refused",
        param: "amount",
        retry: null,
      },
    ],
    [
      "a failure of its own",
      new errors.StripeAPIError(raw({ statusCode: 500 })),
      {
        status: 502,
        error_type: "api_error",
        code: "payment_provider_failed",
        retry: "5",
      },
    ],
    [
      "too many requests of ours",
      new errors.StripeRateLimitError(raw()),
      {
        status: 503,
        error_type: "api_error",
        code: "payment_provider_busy",
        retry: "2",
      },
    ],
    [
      "a lost connection",
      new errors.StripeConnectionError(raw()),
      {
        status: 503,
        error_type: "connection_error",
        code: "payment_provider_unavailable",
        retry: "5",
      },
    ],
    [
      "a wrong key of ours",
      new errors.StripeAuthenticationError(raw()),
      { status: 503, code: "payment_provider_unavailable" },
    ],
    [
      "one key with two bodies",
      new errors.StripeIdempotencyError(raw()),
      { status: 409, code: "payment_provider_conflict", retry: null },
    ],
    [
      "something that nobody knows",
      new Error(theirs),
      { status: 500, error_type: "unknown_error", code: "internal" },
    ],
  ])("89: %s has its status, its code and our words", async (_, thrown, is) => {
    const answer = await told(thrown);
    expect(answer).toMatchObject(is);
    expect(answer).toMatchObject({ title: messageFor(anchorOf(answer)) });
  });

  it.each(["lost_card", "stolen_card", "fraudulent", "pickup_card"])(
    "%s is not told to whoever holds the card",
    async (declineCode) => {
      const answer = await told(
        cardError({ code: "card_declined", declineCode }),
      );
      expect(answer).toMatchObject({
        code: "card_declined",
        decline_code: "generic_decline",
      });
      expect(JSON.stringify(answer)).not.toContain(declineCode);
    },
  );
});

function anchorOf(answer: object): string {
  return String("type" in answer ? answer.type : "").replace(
    "/docs/errors#",
    "",
  );
}

describe("the table of errors", () => {
  const all = listErrors();

  it.each([
    ["card_declined", /another card or ask your bank/],
    ["expired_card", /[Uu]se another card/],
    ["incorrect_cvc", /[Tt]ype .* again/],
    ["processing_error", /[Tt]ry again in a minute/],
    ["incorrect_number", /[Tt]ype it again/],
  ])("says of %s that nothing was charged and what to do", (code, next) => {
    expect(messageFor(code)).toContain("Nothing was charged.");
    expect(messageFor(code)).toMatch(next);
  });

  it("gives each its own anchor, a status and whole sentences", () => {
    const anchors = all.map(({ anchor }) => anchor);
    expect(anchors).toEqual([...new Set(anchors)]);
    for (const { anchor, status, words } of all) {
      expect(anchor).toMatch(/^[a-z_]+$/);
      expect(status, anchor).toBeGreaterThanOrEqual(400);
      expect(words, anchor).toMatch(/^[A-Z].*\.$/);
      expect(words.length, anchor).toBeLessThan(190);
    }
  });

  it("tells a card's refusal from every other one by its status", () => {
    for (const { status, kind, declineCode } of all) {
      expect(status === 402).toBe(kind === "card_error");
      if (declineCode !== null) expect(status).toBe(402);
    }
  });

  it("says of everything that passes by itself when to send it again, and of nothing else", () => {
    const passes = all.filter(({ retryAfter }) => retryAfter !== null);
    const codes = new Set(passes.map(({ anchor }) => anchor));
    for (const { anchor, status } of all) {
      const byItself =
        status === 429 || status === 502 || anchor.endsWith("_in_progress");
      if (byItself) expect([...codes]).toContain(anchor);
    }
    for (const { status } of passes)
      expect([402, 409, 429, 500, 502, 503]).toContain(status);
  });

  it("uses its own words for a reason only where it has some", () => {
    const plain = new AppError("card_declined", { decline: "__proto__" });
    expect(plain.message).toBe(messageFor("card_declined"));
    expect(messageFor("__proto__")).toBeNull();
    expect(messageFor("insufficient_funds")).toMatch(/not enough money/);
  });
});
