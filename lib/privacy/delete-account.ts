import { z } from "zod";
import type { Visitor } from "@/lib/auth/membership";
import { requirePassword } from "@/lib/auth/require-password";
import { erasePerson } from "./erase-person";

export const deleteAccountRequest = z.strictObject({
  password: z.string().min(1).max(128),
});

/** For the person who asks. Throws wrong_password, too_many_passwords and what erasePerson throws. */
export async function deleteAccount(
  {
    visitor,
    headers,
    requestId,
  }: { visitor: Visitor; headers: Headers; requestId: string },
  input: { password: string },
): Promise<void> {
  await requirePassword({ userId: visitor.userId, headers }, input.password);
  await erasePerson(visitor.email, { actor: null, cause: requestId });
}
