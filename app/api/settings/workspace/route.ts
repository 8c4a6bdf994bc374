import { tenantAccess } from "@/lib/auth/access";
import {
  renamedAnswer,
  renameRequest,
  renameWorkspace,
} from "@/lib/auth/rename-workspace";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Renames the workspace.",
    answer: renamedAnswer,
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
