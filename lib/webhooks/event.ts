import { z } from "zod";

/** What we use of an event: whose it is, and which object it is about. Never that object's state. */
export const stripeEvent = z.object({
  id: z.string().regex(/^evt_\w{1,250}$/),
  object: z.literal("event"),
  type: z.string().min(1).max(255),
  livemode: z.boolean(),
  created: z.int().min(0).max(99_999_999_999).optional(),
  account: z.string().max(255).optional(),
  api_version: z.string().max(64).nullable().optional(),
  data: z.object({ object: z.object({ id: z.string().max(255).optional() }) }),
});

export type StripeEvent = z.infer<typeof stripeEvent>;
