import { signedIn } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";
import {
  exportPerson,
  ownExportAnswer,
  ownExportRequest,
} from "@/lib/privacy/export-person";

export const GET = readRoute(
  {
    summary: "Everything that is kept of the person who asks.",
    answer: ownExportAnswer,
    access: signedIn,
    path: ownExportRequest,
  },
  ({ ctx: visitor }) => exportPerson(visitor.email),
);
