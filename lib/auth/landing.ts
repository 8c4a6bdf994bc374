import { safePath } from "@/lib/platform/safe-path";

/**
 * Where a confirmation link ends: at the page that says how it went. That goes on to an invitation, a
 * workspace or the account; a purchase that one signed up for is not begun anew by a late link.
 */
export function landingOf(next: string | undefined): string {
  const path = safePath(next);
  return path && /^\/(invite|t|account)(\/|$)/.test(path)
    ? `/confirmed?next=${encodeURIComponent(path)}`
    : "/confirmed";
}
