import { z } from "zod";
import { recordSecurity } from "@/lib/audit/record";
import { addressOf } from "@/lib/platform/address";
import { authDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import { hours, minutes } from "@/lib/platform/time";
import { ask } from "./ask";
import {
  forgetTries,
  limitTries,
  requireUnspent,
  type Tries,
} from "@/lib/platform/rate-limit";
import { getVisitor } from "./membership";

export const emailAddress = z.email().max(254);

export const signInRequest = z.strictObject({
  email: emailAddress,
  password: z.string().min(1).max(128),
  next: z.string().max(2048).optional(),
});

export const signUpRequest = signInRequest.extend({
  name: line(100),
  password: z.string().max(128),
});

export const signOutRequest = z.strictObject({
  next: z.string().max(2048).optional(),
});

type Call = { request: Request; requestId: string };

/**
 * Returns the cookies of the new session; the one that the browser had ends. Throws invalid_credentials, or
 * too_many_passwords after twenty for one address in 15 minutes, whoever has it and from wherever they come. Each
 * workspace of the person hears of it, and of a try that failed.
 */
export async function signIn(
  call: Call,
  input: { email: string; password: string },
): Promise<Headers> {
  const { request, requestId } = call;
  const { email, password } = input;
  const tries = signIns(email);
  await limitTries(tries, "too_many_passwords");
  const cookies = await ask(request, "/sign-in/email", {
    email,
    password,
  }).catch(async (error: unknown) => {
    if (error instanceof AppError && error.code === "invalid_credentials")
      await note("person.sign_in_failed", email, requestId);
    throw error;
  });
  await forgetTries(tries);
  await note("person.signed_in", email, requestId);
  await signOut(call);
  return cookies;
}

function signIns(email: string): Tries {
  const of = email.toLowerCase();
  return { act: "sign-in", of, max: 20, within: minutes(15) };
}

/** A stranger's guesses shut nobody out who has chosen a new password. */
export async function forgetSignIns(userId: string): Promise<void> {
  const { email } = await authDb().user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true },
  });
  await forgetTries(signIns(email));
}

async function note(
  action: "person.signed_in" | "person.sign_in_failed",
  email: string,
  cause: string,
): Promise<void> {
  const userId = await idOf(email);
  if (userId) await recordSecurity({ userId, action, cause });
}

/**
 * Returns the cookies of the new session; the one that the browser had ends. The link of the confirmation mail leads to
 * `landing`. Throws email_taken, weak_password, or rate_limited: who is told of ten addresses in an hour that they are
 * taken asks whose they are.
 */
export async function signUp(
  call: Call,
  input: { name: string; email: string; password: string; landing: string },
): Promise<Headers> {
  const { request } = call;
  const { name, email, password, landing } = input;
  const taken = takenFor(request);
  if (taken) await requireUnspent(taken, "rate_limited");
  const body = { name, email, password, callbackURL: landing };
  const cookies = await ask(request, "/sign-up/email", body, {
    weak_password: "password",
  }).catch(async (error: unknown) => {
    // Two at once with one email: the second meets the unique key, which better-auth cannot name.
    if (!(await idOf(email))) throw error;
    if (taken) await limitTries(taken);
    throw new AppError("email_taken", { cause: error });
  });
  await signOut(call);
  return cookies;
}

/** By where they come from; where that is not known, a stranger's questions would shut the door to everybody. */
function takenFor({ headers }: Request): Tries | null {
  const of = addressOf(headers);
  return of ? { act: "email-taken", of, max: 10, within: hours(1) } : null;
}

async function idOf(email: string): Promise<string | null> {
  const where = { email: email.toLowerCase() };
  const user = await authDb().user.findUnique({ where, select: { id: true } });
  return user?.id ?? null;
}

/** Ends the session that the request came with. Repeatable: who is signed out already stays so. */
export async function signOut({ request, requestId }: Call): Promise<Headers> {
  const visitor = await getVisitor(request.headers);
  const cookies = await ask(request, "/sign-out", {});
  if (visitor) {
    const { userId } = visitor;
    const action = "person.signed_out";
    await recordSecurity({ userId, action, cause: requestId });
  }
  return cookies;
}
