import { isAPIError } from "better-auth/api";
import { AppError } from "@/lib/platform/errors";
import { auth } from "./auth";

/** Throws wrong_password unless it is the password of the person whose session these headers carry. */
export async function requirePassword(
  headers: Headers,
  password: string,
): Promise<void> {
  try {
    await auth().api.verifyPassword({ headers, body: { password } });
  } catch (error) {
    if (!isAPIError(error) || error.body?.code !== "INVALID_PASSWORD")
      throw error;
    throw new AppError("wrong_password", { param: "password", cause: error });
  }
}
