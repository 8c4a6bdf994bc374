/** What a request really gave, to be spread over what was: absent parameters leave their field alone. */
export function given<T extends object>(
  params: T,
): { [K in Exclude<keyof T, "expand">]?: Exclude<T[K], undefined> } {
  const present = Object.entries(params).filter(
    ([name, value]) => name !== "expand" && value !== undefined,
  );
  // Only absent values are left out, so every field keeps its own type.
  return Object.fromEntries(present) as {
    [K in Exclude<keyof T, "expand">]?: Exclude<T[K], undefined>;
  };
}

/** The same, where null leaves a field alone as well. */
export function present<T extends object>(
  params: T | undefined,
): { [K in keyof T]?: NonNullable<T[K]> } {
  const told = Object.entries(params ?? {}).filter(
    ([, value]) => value !== undefined && value !== null,
  );
  // Only absent and unset values are left out, so every field keeps its own type.
  return Object.fromEntries(told) as { [K in keyof T]?: NonNullable<T[K]> };
}
