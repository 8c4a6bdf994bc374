import { env } from "@/lib/platform/env";
import type { Visitor } from "./membership";

/** Whether somebody runs this deployment: named in STAFF_EMAILS, and proven to own that address. */
export function isStaff({
  email,
  emailVerified,
}: Pick<Visitor, "email" | "emailVerified">): boolean {
  return emailVerified && env().STAFF_EMAILS.includes(email.toLowerCase());
}
