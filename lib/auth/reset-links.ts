import { createHash } from "node:crypto";
import { authDb } from "@/lib/platform/db";

const given = "reset-password:"; // better-auth's own
const stored = "reset-link:";

/**
 * How a link's token is kept: as a hash, under another name, so that who reads the table can open nothing, and what
 * is read there does not pass for a token either.
 */
export async function storedIdentifier(identifier: string): Promise<string> {
  if (!identifier.startsWith(given)) return identifier;
  return stored + createHash("sha256").update(identifier).digest("base64url");
}

/** Whose password this link may set; null once it was used. Whether it has expired is better-auth's to say. */
export async function ownerOfResetLink(token: string): Promise<string | null> {
  const found = await authDb().verification.findFirst({
    where: { identifier: await storedIdentifier(given + token) },
  });
  return found?.value ?? null;
}

/** Links mailed so far open nothing any more. */
export async function dropResetLinks(userId: string): Promise<void> {
  await authDb().verification.deleteMany({
    where: { value: userId, identifier: { startsWith: stored } },
  });
}
