import { z } from "zod";
import {
  findPerson,
  forgetPerson,
  leaveForGood,
  requireNoLastOwner,
  type Known,
} from "@/lib/auth/forget-person";
import { changeCustomer } from "@/lib/billing/change-customer";
import type { Actor, TenantContext } from "@/lib/platform/context";
import { systemDb, tenantDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { livemode } from "@/lib/platform/env";
import { forgetEvents } from "@/lib/webhooks/forget-events";
import { eraseWorkspace } from "./erase-workspace";
import { keepErasing } from "./erasures";

/** The body of POST /api/account/delete. The password is for who signed in a while ago. */
export const deleteAccountRequest = z.strictObject({
  password: z.string().min(1).max(128).optional(),
});

/**
 * Takes a person out of everything, and out of what Stripe tells later (finishErasures). Repeatable. Workspaces that
 * go on keep what the person made, without the name, and send invoices to another owner; closed ones that were nobody
 * else's are erased. Throws not_found, owns_workspace before anything is changed, and what eraseWorkspace throws.
 */
export async function erasePerson(
  email: string,
  by: { actor: Actor | null; cause: string },
): Promise<void> {
  const person = await findPerson(email);
  if (!person) throw new AppError("not_found");
  const actor = by.actor ?? { kind: "user", id: person.id };
  const contextOf = (tenantId: string): TenantContext => ({
    tenantId,
    actor,
    cause: by.cause,
  });
  const open = person.memberships.filter(({ closed }) => !closed);
  const closed = person.memberships.filter((one) => one.closed);
  await requireNoLastOwner(
    person,
    open.map(({ tenantId }) => tenantId),
  );
  for (const { tenantId } of open) {
    await redirectInvoices(contextOf(tenantId), person);
    await leaveForGood(contextOf(tenantId), person.id);
  }
  for (const { tenantId } of closed)
    if (await isAlone(tenantId)) await eraseWorkspace(contextOf(tenantId));
  await forgetTraces([person.email]);
  await keepErasing({ kind: "person", subject: person.email });
  await forgetPerson(person);
}

/** Takes addresses out of what was asked of Stripe, and out of what Stripe has told. Repeatable. */
export async function forgetTraces(emails: readonly string[]): Promise<void> {
  for (const email of emails) await forgetWords(email);
  await forgetEvents({ ids: emails, tenantId: null });
}

/** To the owner who has been one for longest. */
async function redirectInvoices(ctx: TenantContext, { id, email }: Known) {
  const { tenantId } = ctx;
  const { customers, owner } = await tenantDb(ctx, async (tx) => ({
    customers: await tx.customer.findMany({
      where: {
        tenantId,
        livemode: livemode(),
        deleted: false,
        email: { equals: email, mode: "insensitive" },
      },
      select: { id: true },
    }),
    owner: await tx.membership.findFirst({
      where: { tenantId, role: { contains: "owner" }, userId: { not: id } },
      orderBy: { createdAt: "asc" },
      select: { user: { select: { email: true } } },
    }),
  }));
  if (!owner) return;
  for (const customer of customers)
    await changeCustomer(ctx, customer.id, { email: owner.user.email });
}

async function isAlone(tenantId: string): Promise<boolean> {
  const members = await systemDb("members of a closed workspace", (tx) =>
    tx.membership.count({ where: { tenantId } }),
  );
  return members === 1;
}

/** Whatever was asked of Stripe with this address in it is answered by now, and needed no more. */
async function forgetWords(email: string): Promise<void> {
  await systemDb("erasure of a person", async (tx) => {
    await tx.$executeRaw`UPDATE customer_intent SET params = '{}'
      WHERE stripe_id IS NOT NULL AND position(${email} IN lower(params::text)) > 0`;
    await tx.$executeRaw`UPDATE checkout_intent SET params = NULL
      WHERE session_id IS NOT NULL AND position(${email} IN lower(params::text)) > 0`;
    await tx.$executeRaw`UPDATE customer SET email = NULL, name = NULL WHERE deleted AND lower(email) = ${email}`;
  });
}
