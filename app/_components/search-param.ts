/** One value of a query parameter: anybody may repeat or omit it. */
export function oneParam(value: string | string[] | undefined): string | null {
  return (Array.isArray(value) ? value[0] : value) || null;
}
