import { describe, expect, it } from "vitest";
import { mailSamples } from "@/dev/mail-samples";
import { priceOf } from "@/lib/emails/terms";
import { renderMail, type Mail } from "@/lib/platform/mail";

function sample(name: string): Mail {
  const mail = mailSamples[name];
  if (!mail) throw new Error(`no sample ${name}`);
  return mail;
}

const textOf = async (name: string) => (await renderMail(sample(name))).text;

describe("every mail", () => {
  it.each(Object.entries(mailSamples))(
    "%s: says the same as text, fetches nothing, and says why one got it",
    async (_, mail) => {
      const { html, text } = await renderMail(mail);
      expect(html).not.toMatch(/<img|<script|@import|@font-face|url\(/);
      expect(html).toContain('<html dir="ltr" lang="en">');
      const [, title] = /<title>(.+?)<\/title>/.exec(html) ?? [];
      expect(title?.length).toBeGreaterThan(5);
      expect(html.replaceAll("&#x27;", "'")).toContain(`>${title}</h1>`);
      expect(text).toContain("You get this because");
      expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      expect(mail.subject.length).toBeLessThan(80);
    },
  );
});

describe("a mail about billing", () => {
  it("puts the fact first", () => {
    expect(sample("payment-failed").subject).toBe(
      "Your payment of $29.00 failed",
    );
    expect(sample("receipt").subject).toBe("You paid $29.00 for Pro");
    expect(sample("receipt-of-a-change").subject).toBe(
      "You paid $74.33 for Business",
    );
    expect(sample("refunded").subject).toBe(
      "$10.00 refunded of your payment of $29.00",
    );
    expect(sample("plan-changed").subject).toBe(
      "Your plan is now Business, $99.00 a month",
    );
    expect(sample("ending").subject).toBe(
      "Pro is cancelled: you keep it until 31 March 2027",
    );
  });

  it("adds up: the lines, what came from credit, and what was paid", async () => {
    const text = await textOf("receipt-of-a-change");
    for (const fact of [
      /-\$14\.67/,
      /Total +\$84\.33/,
      /From your credit +\$10\.00/,
      /Paid +\$74\.33/,
    ])
      expect(text).toMatch(fact);
  });

  it("says whether a failed payment is tried again", async () => {
    expect(await textOf("payment-failed")).toMatch(
      /Next attempt +15 March 2027/,
    );
    expect(await textOf("payment-failed-for-good")).toContain(
      "not tried again by itself",
    );
  });

  it("says what is missing before a trial ends", async () => {
    expect(await textOf("trial-ending")).toContain(
      "charged for the first time",
    );
    expect(await textOf("trial-ending-without-a-card")).toContain(
      "no payment method yet",
    );
  });

  it("says why a plan is gone", async () => {
    expect(await textOf("ended")).not.toContain("failed");
    expect(await textOf("ended-unpaid")).toContain("Every attempt to charge");
  });
});

describe("a price in words", () => {
  const item = {
    productId: "plan_pro",
    quantity: 1,
    unitAmount: 2900n,
    interval: "month",
    intervalCount: 1,
  };
  it.each([
    ["$29.00 a month", [item]],
    ["$87.00 a month", [{ ...item, quantity: 3 }]],
    [
      "$58.00 every 3 months",
      [{ ...item, unitAmount: 5800n, intervalCount: 3 }],
    ],
    [
      "$29.00 a month and $290.00 a year",
      [item, { ...item, unitAmount: 29000n, interval: "year" }],
    ],
    ["as agreed", [{ ...item, unitAmount: null }]],
  ])("%s", (words, items) => {
    expect(priceOf({ currency: "usd", items })).toBe(words);
  });
});
