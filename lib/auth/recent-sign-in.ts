import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import type { Access } from "@/lib/platform/http";
import { AppError } from "@/lib/platform/errors";
import type { Policy } from "@/lib/platform/route-description";
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
 * last, so that it tells strangers nothing. Throws reauth_required, too_many_passwords, or wrong_password, which the
 * audit log of the workspace tells of.
 */
export function recentlySignedIn<
  Input,
  Context extends TenantContext | Visitor,
>(
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
        await requirePassword({ userId, headers }, input.password).catch(
          (error: unknown) => recordWrong(ctx, access.policy, error),
        );
      else if (!isRecent(visitor))
        throw new AppError("reauth_required", { param: "password" });
      return ctx;
    },
  };
}

async function recordWrong(
  ctx: TenantContext | Visitor,
  policy: Policy,
  error: unknown,
): Promise<never> {
  const isWrong = error instanceof AppError && error.code === "wrong_password";
  if (isWrong && "tenantId" in ctx) {
    const refused =
      policy.caller === "member" ? policy.permission : policy.caller;
    const details = { reason: error.code };
    await tenantDb(ctx, (tx) =>
      recordAudit(tx, ctx, "access.denied", refused, details),
    );
  }
  throw error;
}
