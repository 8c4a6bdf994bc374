import { AppError } from "@/lib/platform/errors";
import type { Access } from "@/lib/platform/http";
import type { Visitor } from "./membership";

/** The same access, for who has confirmed their address. Asked last. Throws email_not_verified. */
export function verified<Input, Context>(
  access: Access<Visitor, Input, Context>,
): Access<Visitor, Input, Context> {
  return {
    policy: access.policy,
    identify: access.identify,
    authorize: async (visitor, input, requestId) => {
      const ctx = await access.authorize(visitor, input, requestId);
      if (!visitor.emailVerified) throw new AppError("email_not_verified");
      return ctx;
    },
  };
}
