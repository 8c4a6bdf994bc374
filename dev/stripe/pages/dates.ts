/** `21 November 2026`, in UTC as all billing is. */
export function formatDate(seconds: number): string {
  return new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  }).format(seconds * 1000);
}
