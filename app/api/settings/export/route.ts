import { tenantAccess } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";
import {
  exportAnswer,
  exportRequest,
  exportWorkspace,
} from "@/lib/privacy/export-workspace";

export const GET = readRoute(
  {
    summary: "Everything that is kept of the workspace.",
    answer: exportAnswer,
    access: tenantAccess("ownership.write"),
    path: exportRequest,
  },
  ({ ctx }) => exportWorkspace(ctx),
);
