import { isAPIError } from "better-auth/api";
import { AppError } from "@/lib/platform/errors";
import { minutes } from "@/lib/platform/time";
import { auth } from "./auth";
import { forgetTries, limitTries } from "@/lib/platform/rate-limit";

/**
 * Throws wrong_password unless it is the password of this person, whose session the headers carry, and
 * too_many_passwords after five wrong ones in 15 minutes, wherever they were given: who sits at an open
 * session must not find it out.
 */
export async function requirePassword(
  { userId, headers }: { userId: string; headers: Headers },
  password: string,
): Promise<void> {
  const tries = { act: "password", of: userId, max: 5, within: minutes(15) };
  await limitTries(tries, "too_many_passwords");
  try {
    await auth().api.verifyPassword({ headers, body: { password } });
  } catch (error) {
    if (!isAPIError(error) || error.body?.code !== "INVALID_PASSWORD")
      throw error;
    throw new AppError("wrong_password", { param: "password", cause: error });
  }
  await forgetTries(tries);
}
