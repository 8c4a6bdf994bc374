import {
  customerFilter,
  listCustomers,
  staffCustomerListAnswer,
} from "@/lib/admin/customers";
import { staffOnly } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "Lists every workspace’s customers.",
    answer: staffCustomerListAnswer,
    access: staffOnly,
    path: customerFilter,
  },
  ({ input }) => listCustomers(input),
);
