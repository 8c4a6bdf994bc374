/** A field that was left empty counts as absent. */
export function withoutEmpty(
  fields: Record<string, string>,
): Record<string, string> {
  const filled = Object.entries(fields).filter(([, value]) => value !== "");
  return Object.fromEntries(filled);
}
