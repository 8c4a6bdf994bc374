import { env } from "@/lib/platform/env";
import { getVisitor, type Visitor } from "./membership";

/** Whether somebody runs this deployment: named in STAFF_EMAILS, and proven to own that address. */
export function isStaff({
  email,
  emailVerified,
}: Pick<Visitor, "email" | "emailVerified">): boolean {
  return emailVerified && env().STAFF_EMAILS.includes(email.toLowerCase());
}

/** Who sends these headers, if they are staff; null for everybody else. Read from the database every time. */
export async function getStaff(headers: Headers): Promise<Visitor | null> {
  const visitor = await getVisitor(headers);
  return visitor && isStaff(visitor) ? visitor : null;
}
