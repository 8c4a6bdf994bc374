import type Stripe from "stripe";
import { z } from "zod";
import { Prisma } from "@/lib/platform/db";

const schema = z.object({
  brand: z.string(),
  last4: z.string(),
  expMonth: z.number(),
  expYear: z.number(),
});

/** What may be shown of a card. Never its number. */
export type Card = z.infer<typeof schema>;

/** What Stripe says of a saved method or of the method that a charge was paid with. */
type Method = {
  card?: Pick<
    Stripe.Charge.PaymentMethodDetails.Card,
    "brand" | "last4" | "exp_month" | "exp_year"
  > | null;
};

/** Takes an expanded payment method; null for none and for what is no card. */
export function toCard(
  method: string | Method | null | undefined,
): Card | null {
  const card = typeof method === "object" ? method?.card : null;
  if (!card) return null;
  return {
    brand: card.brand ?? "card",
    last4: card.last4 ?? "",
    expMonth: card.exp_month,
    expYear: card.exp_year,
  };
}

/** The same for a column: database null for none. */
export function toCardColumn(
  method: string | Method | null | undefined,
): Card | typeof Prisma.DbNull {
  return toCard(method) ?? Prisma.DbNull;
}

/** The card of a column that toCardColumn wrote; null where there is none. */
export function readCard(column: unknown): Card | null {
  return schema.nullable().parse(column);
}
