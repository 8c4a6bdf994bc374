import { tenantAccess } from "@/lib/auth/access";
import { leaveRequest, leaveWorkspace } from "@/lib/auth/remove-member";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Leaves the workspace.",
    answer: whereTo,
    access: tenantAccess("members.read"),
    body: leaveRequest,
  },
  async ({ ctx }) => {
    await leaveWorkspace(ctx);
    const location = "/workspaces?done=left";
    return { body: { location }, location };
  },
);
