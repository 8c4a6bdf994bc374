import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { redact } from "@/lib/admin/redact";

describe("a payload for staff", () => {
  it("keeps ids, amounts, moments and Stripe's own words, and hides what is about people", () => {
    expect(
      redact({
        id: "cus_1",
        object: "customer",
        created: 1700000000,
        currency: "usd",
        livemode: false,
        email: "ada@example.com",
        name: "ada",
        phone: null,
        address: { city: "berlin", country: "DE", line1: "12" },
        card: { last4: "4242", brand: "visa", exp_month: 12 },
        client_secret: "pi_1_secret_2",
        hosted_invoice_url: "https://invoice.stripe.com/i/1",
        metadata: { tenant_id: "t1x", note: "secret", intent_id: "in_1" },
        items: [{ price: "price_1", quantity: 2 }],
      }),
    ).toEqual({
      id: "cus_1",
      object: "customer",
      created: 1700000000,
      currency: "usd",
      livemode: false,
      email: "•••",
      name: "•••",
      phone: null,
      address: { city: "•••", country: "•••", line1: "•••" },
      card: { last4: "•••", brand: "visa", exp_month: 12 },
      client_secret: "•••",
      hosted_invoice_url: "•••",
      metadata: { tenant_id: "t1x", note: "•••", intent_id: "in_1" },
      items: [{ price: "price_1", quantity: 2 }],
    });
  });

  it("shows no text that is neither an id nor one of Stripe's words, wherever it stands", () => {
    fc.assert(
      fc.property(fc.anything({ maxDepth: 4 }), (value) => {
        for (const text of strings(redact(value))) {
          expect(text).toMatch(
            /^(•••||[a-z][a-z0-9_.]{0,48}|[a-z]{2,12}_\w+)$/,
          );
        }
      }),
    );
  });
});

function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(strings)
    : [];
}
