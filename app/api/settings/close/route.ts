import { tenantAccess } from "@/lib/auth/access";
import { closeRequest, closeWorkspace } from "@/lib/auth/close-workspace";
import { recentlySignedIn } from "@/lib/auth/recent-sign-in";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Closes the workspace: ends its plans and deletes it.",
    answer: whereTo,
    access: recentlySignedIn(tenantAccess("ownership.write")),
    body: closeRequest,
    keep: ["name"],
  },
  async ({ ctx, input }) => {
    await closeWorkspace(ctx, input);
    return { body: { location: "/t" }, location: "/t" };
  },
);
