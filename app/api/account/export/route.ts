import { signedIn } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";
import { exportPerson, ownExportRequest } from "@/lib/privacy/export-person";

export const GET = readRoute(
  { access: signedIn, path: ownExportRequest },
  ({ ctx: visitor }) => exportPerson(visitor.email),
);
