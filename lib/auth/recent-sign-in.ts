import type { Access } from "@/lib/platform/http";
import { AppError } from "@/lib/platform/errors";
import { after, minutes } from "@/lib/platform/time";
import type { Visitor } from "./membership";
import { requirePassword } from "./require-password";

const freshFor = minutes(15);

/** Whether somebody signed in within the last 15 minutes: a form then needs no password. */
export function isRecent(
  { signedInAt }: Pick<Visitor, "signedInAt">,
  now = new Date(),
): boolean {
  return now < after(signedInAt, freshFor);
}

/**
 * The same access, for who signed in within the last 15 minutes or sends their password along: an open session is
 * not enough for what cannot be taken back. With `only`, that holds for some requests and not for others. Asked
 * last, so that it tells strangers nothing. Throws reauth_required, wrong_password or too_many_passwords.
 */
export function recentlySignedIn<Input, Context>(
  access: Access<Visitor, Input, Context>,
  only?: {
    policy: "where owners change";
    when(ctx: Context, input: Input): Promise<boolean>;
  },
): Access<
  { visitor: Visitor; headers: Headers },
  Input & { password?: string | undefined },
  Context
> {
  return {
    policy: { ...access.policy, recent: only?.policy ?? true },
    identify: async (request) => ({
      visitor: await access.identify(request),
      headers: request.headers,
    }),
    authorize: async ({ visitor, headers }, input, requestId) => {
      const ctx = await access.authorize(visitor, input, requestId);
      if (only && !(await only.when(ctx, input))) return ctx;
      const { userId } = visitor;
      if (input.password)
        await requirePassword({ userId, headers }, input.password);
      else if (!isRecent(visitor))
        throw new AppError("reauth_required", { param: "password" });
      return ctx;
    },
  };
}
