import { z } from "zod";
import { authDb } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { line } from "@/lib/platform/text";
import { auth } from "./auth";

export const signInRequest = z.strictObject({
  email: z.email().max(254),
  password: z.string().min(1).max(128),
  next: z.string().max(2048).optional(),
});

export const signUpRequest = signInRequest.extend({
  name: line(100),
  password: z.string().max(128),
});

/**
 * Each of these passes through better-auth's own handler, which counts attempts, and returns the cookies it
 * sets. Throws invalid_credentials, email_taken, weak_password or rate_limited.
 */
export async function signIn(
  request: Request,
  input: { email: string; password: string },
) {
  return ask(request, "/sign-in/email", {
    email: input.email,
    password: input.password,
  });
}

export async function signUp(
  request: Request,
  input: { name: string; email: string; password: string },
) {
  try {
    return await askToSignUp(request, input);
  } catch (error) {
    // Two at once with one email: the second meets the unique key, which better-auth cannot name.
    if (await isTaken(input.email))
      throw new AppError("email_taken", { cause: error });
    throw error;
  }
}

async function isTaken(email: string): Promise<boolean> {
  const where = { email: email.toLowerCase() };
  return (await authDb().user.count({ where })) > 0;
}

async function askToSignUp(
  request: Request,
  input: { name: string; email: string; password: string },
) {
  return ask(request, "/sign-up/email", {
    name: input.name,
    email: input.email,
    password: input.password,
    callbackURL: "/t", // where the link of the confirmation mail ends
  });
}

export async function signOut(request: Request) {
  return ask(request, "/sign-out", {});
}

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ["INVALID_EMAIL_OR_PASSWORD", "invalid_credentials"],
  ["USER_ALREADY_EXISTS", "email_taken"],
  ["USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "email_taken"],
  ["PASSWORD_TOO_SHORT", "weak_password"],
  ["PASSWORD_TOO_LONG", "weak_password"],
  ["INVALID_EMAIL", "validation"],
]);

async function ask(
  request: Request,
  path: string,
  body: object,
): Promise<Headers> {
  const headers = new Headers(request.headers);
  headers.delete("content-length");
  headers.set("content-type", "application/json");
  headers.set("origin", new URL(env().appUrl).origin);
  const answer = await auth().handler(
    new Request(`${env().appUrl}/api/auth${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    }),
  );
  if (answer.ok) return cookiesOf(answer);
  if (answer.status === 429)
    throw new AppError("rate_limited", { retryAfter: 60 });
  const { code } = z
    .object({ code: z.string().catch("") })
    .parse(await answer.json());
  throw new AppError(codes.get(code) ?? "internal");
}

function cookiesOf(answer: Response): Headers {
  const cookies = new Headers();
  for (const cookie of answer.headers.getSetCookie())
    cookies.append("set-cookie", cookie);
  return cookies;
}
