import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { recordSecurity } from "@/lib/audit/record";
import { AppError } from "@/lib/platform/errors";
import { minutes, seconds } from "@/lib/platform/time";
import { ask } from "./ask";
import { limitTries } from "@/lib/platform/rate-limit";
import type { Visitor } from "./membership";
import { requirePassword } from "./require-password";
import { dropResetLinks, ownerOfResetLink } from "./reset-links";
import { emailAddress, forgetSignIns } from "./sign-in";

/** better-auth judges the length, with weak_password. */
const newPassword = z.string().max(128);

export const forgotRequest = z.strictObject({ email: emailAddress });

export const resetRequest = z.strictObject({
  token: z.string().regex(/^[\w-]{1,100}$/),
  password: newPassword,
});

export const changePasswordRequest = z.strictObject({
  /** The current one. */
  password: z.string().min(1).max(128),
  newPassword,
});

/**
 * Mails a link that works once, for an hour, if the address is somebody's. The answer, and within a second
 * also the time it takes, is the same if it is nobody's. Throws rate_limited.
 */
export async function requestReset(
  request: Request,
  input: { email: string },
): Promise<void> {
  const email = input.email.toLowerCase();
  await limitTries({ act: "reset", of: email, max: 5, within: minutes(15) });
  await Promise.all([
    ask(request, "/request-password-reset", { email }),
    pause(seconds(1)),
  ]);
}

/** Sets the password and ends every session. Throws link_expired or weak_password. */
export async function resetPassword(
  { request, requestId }: { request: Request; requestId: string },
  input: { token: string; password: string },
): Promise<void> {
  const { token, password } = input;
  const userId = await ownerOfResetLink(token);
  if (!userId) throw new AppError("link_expired");
  await ask(
    request,
    "/reset-password",
    { token, newPassword: password },
    { weak_password: "password" },
  );
  await afterChange(userId, requestId);
}

/**
 * Sets the password and ends every other session; returns the cookies of this one's successor. Throws
 * wrong_password, too_many_passwords or weak_password.
 */
export async function changePassword(
  ctx: { visitor: Visitor; request: Request; requestId: string },
  input: { password: string; newPassword: string },
): Promise<Headers> {
  const { userId } = ctx.visitor;
  const { headers } = ctx.request;
  await requirePassword({ userId, headers }, input.password);
  const cookies = await ask(
    ctx.request,
    "/change-password",
    {
      currentPassword: input.password,
      newPassword: input.newPassword,
      revokeOtherSessions: true,
    },
    { weak_password: "newPassword" },
  );
  await afterChange(userId, ctx.requestId);
  return cookies;
}

async function afterChange(userId: string, cause: string): Promise<void> {
  await forgetSignIns(userId);
  await dropResetLinks(userId);
  await recordSecurity({ userId, action: "person.password_changed", cause });
}
