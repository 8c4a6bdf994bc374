/** What a request really gave, to be spread over what was: absent parameters leave their field alone. */
export function given<T extends object>(
  params: T & { expand?: unknown },
): { [K in Exclude<keyof T, "expand">]?: Exclude<T[K], undefined> } {
  const { expand: _expand, ...fields } = params;
  // Only absent values are left out, so every field keeps its own type.
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as { [K in Exclude<keyof T, "expand">]?: Exclude<T[K], undefined> };
}
