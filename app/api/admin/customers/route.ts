import { customerFilter, listCustomers } from "@/lib/admin/customers";
import { staffOnly } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  { access: staffOnly, path: customerFilter },
  ({ input }) => listCustomers(input),
);
