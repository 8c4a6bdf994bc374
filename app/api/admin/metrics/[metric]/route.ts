import { getMetricFile, metricFile } from "@/lib/admin/metrics/csv";
import { staffOnly } from "@/lib/auth/access";
import { readRoute } from "@/lib/platform/http";

export const GET = readRoute(
  {
    summary: "One metric over time, as a table.",
    file: "text/csv",
    access: staffOnly,
    path: metricFile,
    refusals: ["not_found"],
  },
  ({ input }) => getMetricFile(input),
);
