import { recordAudit } from "@/lib/audit/record";
import { getCheckoutTenant } from "@/lib/billing/checkout-result";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Access } from "@/lib/platform/http";
import { getOwner } from "@/lib/sync/owner";
import { requireCronSecret } from "./cron";
import { getVisitor, listTenants, type Visitor } from "./membership";
import { may, type Permission } from "./permissions";
import { isStaff } from "./staff";

/** For forms that anybody may send: sign-up and sign-in. */
export const anyone: Access<null, unknown, null> = {
  policy: { caller: "anyone" },
  identify: async () => null,
  authorize: async () => null,
};

/** A signed-in person, of whatever workspace. */
export const signedIn: Access<Visitor, unknown, Visitor> = {
  policy: { caller: "signed in" },
  identify: requireVisitor,
  authorize: async (visitor) => visitor,
};

/** Whoever ticks the clock: a cron with CRON_SECRET. */
export const cronOnly: Access<void, unknown, null> = {
  policy: { caller: "cron" },
  identify: async (request) => requireCronSecret(request),
  authorize: async () => null,
};

/** Stripe. Its signature is over the whole body, so receiveWebhook checks it. */
export const stripeOnly: Access<null, unknown, null> = {
  policy: { caller: "stripe" },
  identify: async () => null,
  authorize: async () => null,
};

/** Staff. To everybody else, signed in or not, nothing is there. */
export const staffOnly: Access<Visitor, unknown, Visitor> = {
  policy: { caller: "staff" },
  identify: async (request) => {
    const visitor = await getVisitor(request.headers);
    if (!visitor || !isStaff(visitor)) throw new AppError("not_found");
    return visitor;
  },
  authorize: async (visitor) => visitor,
};

/** Staff, acting for the workspace named. One that is closed or was never there is the same 404. */
export const staffForTenant: Access<
  Visitor,
  { tenantId: string },
  TenantContext
> = {
  policy: staffOnly.policy,
  identify: staffOnly.identify,
  authorize: async (visitor, { tenantId }, requestId) => {
    const open = await systemDb("workspace for staff", (tx) =>
      tx.tenant.count({ where: { id: tenantId, closedAt: null } }),
    );
    if (open === 0) throw new AppError("not_found");
    const actor = { kind: "staff", id: visitor.userId } as const;
    return { tenantId, actor, cause: requestId };
  },
};

type TenantInput = { tenantId?: string | undefined };

/**
 * A member of the request's workspace whose role allows `permission`; membership and role are read now.
 * The workspace is the one named, or the person's only one. Another's answers as a missing one does. What a
 * role does not allow is written down.
 */
export function tenantAccess(
  permission: Permission,
): Access<Visitor, TenantInput, TenantContext & { slug: string }> {
  return {
    policy: { caller: "member", permission },
    identify: requireVisitor,
    authorize: async (visitor, input, requestId) => {
      const tenants = await listTenants(visitor.userId);
      const named = tenants.filter(
        (t) => !input.tenantId || t.tenantId === input.tenantId,
      );
      const [tenant, second] = named;
      if (!tenant) throw new AppError("not_found");
      if (second) throw new AppError("choose_tenant", { param: "tenantId" });
      const ctx: TenantContext = {
        tenantId: tenant.tenantId,
        actor: { kind: "user", id: visitor.userId },
        cause: requestId,
      };
      if (may(tenant.role, permission)) return { ...ctx, slug: tenant.slug };
      await tenantDb(ctx, (tx) =>
        recordAudit(tx, ctx, "access.denied", permission),
      );
      throw new AppError("forbidden");
    },
  };
}

/**
 * A member of the workspace that a checkout session belongs to, by its id alone. One that is not there, not
 * ours or another's is the same 404.
 */
export function checkoutAccess(permission: Permission) {
  return ownedAccess<{ sessionId: string }>(permission, ({ sessionId }) =>
    getCheckoutTenant(sessionId),
  );
}

/** The same for a Stripe customer. */
export function customerAccess(permission: Permission) {
  return ownedAccess<{ customerId: string }>(permission, ({ customerId }) =>
    getOwner(customerId),
  );
}

/** The same for a subscription. */
export function subscriptionAccess(permission: Permission) {
  return ownedAccess<{ subscriptionId: string }>(
    permission,
    ({ subscriptionId }) => getOwner(subscriptionId),
  );
}

/** The same for a payment. */
export function paymentAccess(permission: Permission) {
  return ownedAccess<{ paymentId: string }>(permission, ({ paymentId }) =>
    getOwner(paymentId),
  );
}

/** The same for an invoice. */
export function invoiceAccess(permission: Permission) {
  return ownedAccess<{ invoiceId: string }>(permission, ({ invoiceId }) =>
    getOwner(invoiceId),
  );
}

function ownedAccess<Input>(
  permission: Permission,
  findOwner: (input: Input) => Promise<string | null>,
): Access<Visitor, Input, TenantContext & { slug: string }> {
  return {
    policy: { caller: "member", permission },
    identify: requireVisitor,
    authorize: async (visitor, input, requestId) => {
      const tenantId = await findOwner(input);
      if (!tenantId) throw new AppError("not_found");
      return tenantAccess(permission).authorize(
        visitor,
        { tenantId },
        requestId,
      );
    },
  };
}

async function requireVisitor(request: Request): Promise<Visitor> {
  const visitor = await getVisitor(request.headers);
  if (!visitor) throw new AppError("no_session");
  return visitor;
}
