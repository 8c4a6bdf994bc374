import { tenantAccess } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";
import { exportRequest, exportWorkspace } from "@/lib/privacy/export-workspace";

export const GET = readRoute(
  { access: tenantAccess("ownership.write"), path: exportRequest },
  ({ ctx }) => exportWorkspace(ctx),
);
