import { tenantAccess } from "@/lib/auth/access";
import { keyPath, revokeKey } from "@/lib/auth/api-keys";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Revokes an API key.",
    answer: nothing,
    access: tenantAccess("settings.write"),
    body: keyPath,
  },
  async ({ ctx, input }) => {
    await revokeKey(ctx, input);
    return { body: {}, location: `/t/${ctx.slug}/settings?done=revoked` };
  },
);
