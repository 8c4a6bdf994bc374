import { z } from "zod";
import { staffForTenant } from "@/lib/auth/access";
import { resync, resyncRequest } from "@/lib/billing/resync";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    access: staffForTenant,
    body: resyncRequest,
    summary:
      "Fetches the workspace’s objects at Stripe anew and stores what Stripe says.",
    answer: z.object({ fetched: z.int() }),
  },
  async ({ ctx }) => ({
    body: await resync(ctx),
    location: `/admin/tenants/${ctx.tenantId}?done=resynced`,
  }),
);
