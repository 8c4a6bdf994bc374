import type { Instrumentation } from "next";

/** Runs once when a server starts: a deployment that cannot be right stops here, naming every reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkBoot } = await import("@/lib/admin/boot");
  await checkBoot();
}

/** A page that could not be shown: its digest stands on it as the request id. */
export const onRequestError: Instrumentation.onRequestError = async (
  error,
  request,
  { routePath },
) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { reportPage } = await import("@/lib/admin/report-page");
  reportPage(error, { routePath, method: request.method });
};
