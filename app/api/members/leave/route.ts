import { tenantAccess } from "@/lib/auth/access";
import { leaveRequest, leaveWorkspace } from "@/lib/auth/remove-member";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: tenantAccess("members.read"), body: leaveRequest },
  async ({ ctx }) => {
    await leaveWorkspace(ctx);
    const location = "/workspaces?done=left";
    return { body: { location }, location };
  },
);
