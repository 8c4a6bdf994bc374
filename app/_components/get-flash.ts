import { cookies } from "next/headers";
import { decodeFlash, flashCookie } from "@/lib/platform/flash";

/** What a form sent without JavaScript came back with; null when nothing went wrong. */
export async function getFlash() {
  return decodeFlash((await cookies()).get(flashCookie)?.value);
}
