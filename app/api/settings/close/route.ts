import { tenantAccess } from "@/lib/auth/access";
import { closeRequest, closeWorkspace } from "@/lib/auth/close-workspace";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Closes the workspace: ends its plans and deletes it.",
    answer: whereTo,
    access: tenantAccess("ownership.write"),
    body: closeRequest,
    keep: ["name"],
  },
  async ({ ctx, input, request }) => {
    await closeWorkspace(ctx, { ...input, headers: request.headers });
    return { body: { location: "/t" }, location: "/t" };
  },
);
