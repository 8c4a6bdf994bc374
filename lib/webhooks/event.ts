import { z } from "zod";

const id = z.string().max(255);

export const eventId = z.string().regex(/^evt_\w{1,250}$/);

/** Ids that an event's object may carry of the object that is really meant. */
const references = {
  customer: id.nullish().catch(null),
  invoice: id.nullish().catch(null),
  payment_intent: id.nullish().catch(null),
  payment_method: id.nullish().catch(null),
  subscription: id.nullish().catch(null),
};

export type Reference = keyof typeof references;

/** What we use of an event: whose it is, and which object it is about. Never that object's state. */
export const stripeEvent = z.object({
  id: eventId,
  object: z.literal("event"),
  type: z.string().min(1).max(255),
  livemode: z.boolean(),
  created: z.int().min(0).max(99_999_999_999).optional(),
  account: z.string().max(255).optional(),
  api_version: z.string().max(64).nullable().optional(),
  data: z.object({ object: z.object({ id: id.optional(), ...references }) }),
});

export type StripeEvent = z.infer<typeof stripeEvent>;
