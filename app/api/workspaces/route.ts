import { signedIn } from "@/lib/auth/access";
import { createWorkspace } from "@/lib/auth/auth";
import { workspaceAnswer, workspaceRequest } from "@/lib/auth/workspace";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Creates a workspace.",
    answer: workspaceAnswer,
    access: signedIn,
    body: workspaceRequest,
    status: 201,
    keep: ["name"],
  },
  async ({ ctx, input }) => {
    const { slug } = await createWorkspace(ctx.userId, input.name);
    const location = `/t/${slug}`;
    return { body: { slug, location }, location };
  },
);
