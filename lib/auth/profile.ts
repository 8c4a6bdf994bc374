import { z } from "zod";
import { line } from "@/lib/platform/text";
import { minutes } from "@/lib/platform/time";
import { ask } from "./ask";
import { limitTries } from "@/lib/platform/rate-limit";
import { mailOldAddress } from "./mails";
import type { Visitor } from "./membership";
import { requirePassword } from "./require-password";
import { emailAddress } from "./sign-in";

export const nameRequest = z.strictObject({ name: line(100) });

export const emailRequest = z.strictObject({
  email: emailAddress,
  /** The current one: an open session is not enough to take an account away. */
  password: z.string().min(1).max(128),
});

type Changing = { visitor: Visitor; request: Request };

/** Returns the cookies that better-auth renews with it. */
export async function changeName(
  { request }: Changing,
  input: { name: string },
): Promise<Headers> {
  return ask(request, "/update-user", { name: input.name });
}

/**
 * Mails a link to the new address, which counts once that is opened, and tells the old one. An
 * address that is somebody else's answers the same, and gets no mail. Throws wrong_password,
 * too_many_passwords or rate_limited: an account is no means to mail strangers.
 */
export async function changeEmail(
  { visitor, request }: Changing,
  input: { email: string; password: string },
): Promise<void> {
  const { userId } = visitor;
  const { headers } = request;
  await requirePassword({ userId, headers }, input.password);
  const newEmail = input.email.toLowerCase();
  if (newEmail === visitor.email) return;
  await limitTries({ act: "email", of: userId, max: 5, within: minutes(15) });
  await ask(request, "/change-email", { newEmail, callbackURL: "/confirmed" });
  await mailOldAddress(visitor, newEmail);
}

export const verificationRequest = z.strictObject({
  next: z.string().max(2048).optional(),
});

/** Mails the confirmation link again; who has confirmed already gets none. Throws rate_limited. */
export async function sendVerification(
  { visitor, request }: Changing,
  input: { landing: string },
): Promise<void> {
  if (visitor.emailVerified) return;
  await limitTries({
    act: "verification",
    of: visitor.userId,
    max: 5,
    within: minutes(15),
  });
  await ask(request, "/send-verification-email", {
    email: visitor.email,
    callbackURL: input.landing,
  });
}
