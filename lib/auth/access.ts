import { recordAudit } from "@/lib/audit/record";
import { getCheckoutTenant } from "@/lib/billing/checkout-result";
import type { TenantContext } from "@/lib/platform/context";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import type { Access } from "@/lib/platform/http";
import { bearerOf } from "@/lib/platform/own-caller";
import { getOwner } from "@/lib/sync/owner";
import { requireKey, type KeyHolder } from "./api-key";
import { requireCronSecret } from "./cron";
import { isKeyScope, type KeyScope } from "./key-scopes";
import {
  getVisitor,
  listTenants,
  type TenantOfVisitor,
  type Visitor,
} from "./membership";
import { may, type Permission } from "./permissions";
import { getStaff } from "./staff";

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
    const visitor = await getStaff(request.headers);
    if (!visitor) throw new AppError("not_found");
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

type Caller = Visitor | KeyHolder;
type Acting = TenantContext & { slug: string };

/**
 * A member of the request's workspace whose role allows `permission`; membership and role are read now.
 * The workspace is the one named, or the person's only one. Another's answers as a missing one does. What a
 * role does not allow is written down. Where a key may have that permission, a key of the workspace does as well.
 */
export function tenantAccess(
  permission: KeyScope,
): Access<Caller, TenantInput, Acting>;
export function tenantAccess(
  permission: Exclude<Permission, KeyScope>,
): Access<Visitor, TenantInput, Acting>;
export function tenantAccess(
  permission: Permission,
): Access<Visitor, TenantInput, Acting> | Access<Caller, TenantInput, Acting> {
  return isKeyScope(permission)
    ? anyCaller(permission)
    : memberAccess(permission);
}

/** The same for people alone: no key is taken. */
function memberAccess(
  permission: Permission,
): Access<Visitor, TenantInput, Acting> {
  return {
    policy: { caller: "member", permission },
    identify: requireVisitor,
    authorize: async (visitor, input, requestId) => {
      const tenant = oneOf(await listTenants(visitor.userId), input);
      const actor = { kind: "user", id: visitor.userId } as const;
      const ctx = { tenantId: tenant.tenantId, actor, cause: requestId };
      if (!may(tenant.role, permission))
        return refuse(ctx, permission, "forbidden");
      return { ...ctx, slug: tenant.slug };
    },
  };
}

function anyCaller(permission: KeyScope): Access<Caller, TenantInput, Acting> {
  const forMembers = memberAccess(permission);
  return {
    policy: { caller: "member", permission, keys: true },
    identify: async (request) => {
      const key = bearerOf(request);
      return key === null ? requireVisitor(request) : requireKey(key);
    },
    authorize: async (caller, input, requestId) =>
      "keyId" in caller
        ? authorizeKey(caller, permission, { input, requestId })
        : forMembers.authorize(caller, input, requestId),
  };
}

/**
 * A key may what its scopes say, as long as its maker may: who leaves, or gets a lesser role, takes their keys along.
 */
async function authorizeKey(
  { keyId, tenantId, makerId, scopes }: KeyHolder,
  permission: KeyScope,
  { input, requestId }: { input: TenantInput; requestId: string },
): Promise<Acting> {
  const tenants = await listTenants(makerId);
  const own = tenants.find((tenant) => tenant.tenantId === tenantId);
  if (!own) throw new AppError("api_key_invalid");
  oneOf([own], input);
  const actor = { kind: "api_key", id: keyId } as const;
  const ctx = { tenantId, actor, cause: requestId };
  if (!scopes.includes(permission) || !may(own.role, permission))
    return refuse(ctx, permission, "api_key_scope");
  return { ...ctx, slug: own.slug };
}

function oneOf(
  tenants: readonly TenantOfVisitor[],
  { tenantId }: TenantInput,
): TenantOfVisitor {
  const named = tenants.filter((one) => !tenantId || one.tenantId === tenantId);
  const [tenant, second] = named;
  if (!tenant) throw new AppError("not_found");
  if (second) throw new AppError("choose_tenant", { param: "tenantId" });
  return tenant;
}

async function refuse(
  ctx: TenantContext,
  permission: Permission,
  code: "forbidden" | "api_key_scope",
): Promise<never> {
  await tenantDb(ctx, (tx) =>
    recordAudit(tx, ctx, "access.denied", permission),
  );
  throw new AppError(code);
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
): Access<Caller, Input, Acting> {
  const access = isKeyScope(permission)
    ? anyCaller(permission)
    : peopleAlone(memberAccess(permission));
  return {
    policy: access.policy,
    identify: access.identify,
    authorize: async (caller, input, requestId) => {
      const tenantId = await findOwner(input);
      if (!tenantId) throw new AppError("not_found");
      return access.authorize(caller, { tenantId }, requestId);
    },
  };
}

/** Its identify has let nobody else through. */
function peopleAlone(
  access: Access<Visitor, TenantInput, Acting>,
): Access<Caller, TenantInput, Acting> {
  return {
    ...access,
    authorize: async (caller, input, requestId) => {
      if ("keyId" in caller) throw new AppError("no_session");
      return access.authorize(caller, input, requestId);
    },
  };
}

async function requireVisitor(request: Request): Promise<Visitor> {
  const visitor = await getVisitor(request.headers);
  if (!visitor) throw new AppError("no_session");
  return visitor;
}
