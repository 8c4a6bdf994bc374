/** Stripe gives either an id or the whole object, by what was expanded. */
export function idOf(
  reference: string | { id: string } | null | undefined,
): string | null {
  if (!reference) return null;
  return typeof reference === "string" ? reference : reference.id;
}
