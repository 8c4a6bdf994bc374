import { cache } from "react";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import type { TenantContext } from "@/lib/platform/context";
import {
  getVisitor,
  listTenants,
  type TenantOfVisitor,
  type Visitor,
} from "./membership";
import { lastTenantCookie } from "./last-tenant";
import { may, type Permission } from "./permissions";
import { isStaff } from "./staff";

/** For pages: who is here; null for a stranger. Asked once a request, however many parts ask. */
export const getUser = cache(async (): Promise<Visitor | null> =>
  getVisitor(await headers()),
);

/** Sends a stranger to sign in, and back to `returnPath` afterwards. */
export async function requireUser(returnPath: string): Promise<Visitor> {
  const user = await getUser();
  if (!user) redirect(`/sign-in?next=${encodeURIComponent(returnPath)}`);
  return user;
}

/** For /admin, which is not there for anybody else. */
export async function requireStaff(): Promise<Visitor> {
  const user = await getUser();
  if (!user || !isStaff(user)) notFound();
  return user;
}

export const getTenants = cache(async (): Promise<TenantOfVisitor[]> => {
  const user = await getUser();
  return user ? listTenants(user.userId) : [];
});

/** The workspace this browser was in last, or else the oldest; null for somebody without one. */
export async function getLastTenant(): Promise<TenantOfVisitor | null> {
  const tenants = await getTenants();
  const last = (await cookies()).get(lastTenantCookie)?.value;
  return tenants.find(({ slug }) => slug === last) ?? tenants[0] ?? null;
}

export type PageTenant = TenantOfVisitor & {
  user: Visitor;
  ctx: TenantContext;
};

/** The visitor's workspace with this slug. Another's is a 404, as one that does not exist. */
export async function requireTenant(
  slug: string,
  permission: Permission,
  returnPath: string,
): Promise<PageTenant> {
  const user = await requireUser(returnPath);
  const tenant = (await getTenants()).find(
    (candidate) => candidate.slug === slug,
  );
  if (!tenant || !may(tenant.role, permission)) notFound();
  return withContext(tenant, user);
}

/** The same by id, for a page that knows only a Stripe id; null where the visitor is not a member. */
export async function getTenantById(
  tenantId: string | null,
  permission: Permission,
): Promise<PageTenant | null> {
  const user = await getUser();
  const tenant = (await getTenants()).find(
    (candidate) => candidate.tenantId === tenantId,
  );
  return user && tenant && may(tenant.role, permission)
    ? withContext(tenant, user)
    : null;
}

function withContext(tenant: TenantOfVisitor, user: Visitor): PageTenant {
  const actor = { kind: "user", id: user.userId } as const;
  return {
    ...tenant,
    user,
    ctx: { tenantId: tenant.tenantId, actor, cause: "page" },
  };
}
