import { authDb } from "@/lib/platform/db";

const prefix = "reset-password:"; // better-auth's own

/** Whose password this link may set; null once it was used. Whether it has expired is better-auth's to say. */
export async function ownerOfResetLink(token: string): Promise<string | null> {
  const found = await authDb().verification.findFirst({
    where: { identifier: `${prefix}${token}` },
  });
  return found?.value ?? null;
}

/** Links mailed so far open nothing any more. */
export async function dropResetLinks(userId: string): Promise<void> {
  await authDb().verification.deleteMany({
    where: { value: userId, identifier: { startsWith: prefix } },
  });
}
