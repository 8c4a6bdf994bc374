import { z } from "zod";

const claims = z.object({ updateTo: z.string().min(1) });

/**
 * Whether the token of a confirmation link says that it gives its person another address. What it says is
 * better-auth's to verify; anything that is no such token does not.
 */
export function changesAddress(token: string | null): boolean {
  try {
    const encoded = token?.split(".")[1] ?? "";
    const text = Buffer.from(encoded, "base64url").toString();
    return claims.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}
