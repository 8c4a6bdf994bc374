import { z } from "zod";
import { env } from "@/lib/platform/env";
import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { auth } from "./auth";
import { ownHeaders } from "./own-headers";

const codes: ReadonlyMap<string, ErrorCode> = new Map([
  ["INVALID_EMAIL_OR_PASSWORD", "invalid_credentials"],
  ["USER_ALREADY_EXISTS", "email_taken"],
  ["USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL", "email_taken"],
  ["PASSWORD_TOO_SHORT", "weak_password"],
  ["PASSWORD_TOO_LONG", "weak_password"],
  ["INVALID_EMAIL", "validation"],
  ["INVALID_PASSWORD", "wrong_password"],
  ["INVALID_TOKEN", "link_expired"],
]);

/**
 * Posts to better-auth's own handler and returns the cookies it sets, and where it leads to if anywhere. Throws the
 * code that its refusal stands for; `fieldOf` names the field at fault.
 */
export async function ask(
  request: Request,
  path: `/${string}`,
  body: object,
  fieldOf: Partial<Record<ErrorCode, string>> = {},
): Promise<Headers> {
  const headers = ownHeaders(request);
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
  if (answer.ok) return headersOf(answer);
  const { code } = z
    .object({ code: z.string().catch("") })
    .parse(await answer.json());
  const known = codes.get(code) ?? "internal";
  throw new AppError(known, { param: fieldOf[known] });
}

function headersOf(answer: Response): Headers {
  const headers = new Headers();
  for (const cookie of answer.headers.getSetCookie())
    headers.append("set-cookie", cookie);
  const location = answer.headers.get("location");
  if (location) headers.set("location", location);
  return headers;
}
