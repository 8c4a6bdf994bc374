/** Runs once when a server starts: a deployment that cannot be right stops here, naming every reason. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { checkBoot } = await import("@/lib/admin/boot");
  await checkBoot();
}
