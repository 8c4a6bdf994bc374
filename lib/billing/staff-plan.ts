import { z } from "zod";
import { line, rowId } from "@/lib/platform/text";

const empty = z.literal("").transform(() => undefined);

/** The body of POST /api/admin/tenants/{tenantId}/subscriptions. */
export const staffPlanRequest = z
  .strictObject({
    tenantId: rowId,
    priceId: line(255),
    trialDays: z
      .union([empty, z.coerce.number().int().min(1).max(730)])
      .optional(),
    /** The day on which the first whole period begins, in UTC; at most one period ahead. */
    billingCycleAnchor: z
      .union([
        empty,
        z.iso.date().transform((day) => new Date(`${day}T00:00:00Z`)),
      ])
      .optional(),
    /** `none`: nothing is charged for the days before. */
    prorationBehavior: z.enum(["create_prorations", "none"]).optional(),
    requestKey: line(255).optional(),
  })
  .refine((body) => !(body.trialDays && body.billingCycleAnchor), {
    path: ["billingCycleAnchor"], // a trial's end is one already
  });
