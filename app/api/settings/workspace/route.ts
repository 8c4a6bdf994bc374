import { tenantAccess } from "@/lib/auth/access";
import { renameRequest, renameWorkspace } from "@/lib/auth/rename-workspace";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    access: tenantAccess("settings.write"),
    body: renameRequest,
    keep: ["name", "slug"],
  },
  async ({ ctx, input }) => {
    await renameWorkspace(ctx, input);
    const location = `/t/${input.slug}/settings?done=workspace`;
    const moved = input.slug !== ctx.slug;
    return { body: { slug: input.slug, ...(moved && { location }) }, location };
  },
);
