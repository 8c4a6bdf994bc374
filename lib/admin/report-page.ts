import { describeError, log } from "@/lib/platform/log";
import { reportError } from "@/lib/platform/report-error";

/** Logs and reports an error of a page by the digest that its visitor is shown. Of the address, its pattern alone. */
export function reportPage(
  error: unknown,
  { routePath, method }: { routePath: string; method: string },
): void {
  const described = describeError(error);
  const requestId = described.digest ?? "unknown";
  log().error({ requestId, error: described }, "a page failed");
  reportError(error, { requestId, path: `${method} ${routePath}` });
}
