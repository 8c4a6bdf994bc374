import type { ReactNode } from "react";
import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { CustomerLine, TenantDetail } from "@/lib/admin/tenant";
import { doneWords } from "./done-words";

type Flash = Awaited<ReturnType<typeof getFlash>>;

/** Who it is, what it pays, and where it stands at Stripe. */
export function Facts({
  tenant,
  flash,
}: {
  tenant: TenantDetail;
  flash: Flash;
}) {
  const { members, customers, billing } = tenant;
  return (
    <dl className="grid gap-x-8 gap-y-3 sm:grid-cols-[10rem_1fr]">
      <Fact name="Workspace id">
        <CopyId id={tenant.id} />
      </Fact>
      <Fact name="Address">/t/{tenant.slug}</Fact>
      <Fact name="Since">
        <Day date={tenant.createdAt} />
      </Fact>
      <Fact name="Plan">
        {billing.subscriptions.length === 0
          ? billing.rights.plan.name
          : billing.subscriptions.map((one) => (
              <p key={one.id}>
                {one.planName}, {one.status.replaceAll("_", " ")},{" "}
                <Money value={one.price} /> per {one.interval}{" "}
                <CopyId id={one.id} />
              </p>
            ))}
      </Fact>
      <Fact name="Customer">
        {customers.length === 0
          ? "None yet: it has not begun a purchase."
          : customers.map((one) => (
              <Customer
                key={one.id}
                tenantId={tenant.id}
                customer={one}
                flash={flash}
              />
            ))}
      </Fact>
      <Fact name="Members">
        {members.map(({ email, role }) => (
          <p key={email}>
            {email}, {role}
          </p>
        ))}
      </Fact>
    </dl>
  );
}

function Customer({
  tenantId,
  customer,
  flash,
}: {
  tenantId: string;
  customer: CustomerLine;
  flash: Flash;
}) {
  const { id, name, email, deleted, url } = customer;
  const who = [name, email].filter(Boolean).join(", ") || "Without a name";
  const action =
    `/api/admin/tenants/${tenantId}/customers/${id}/delete` as const;
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span>
        {who}
        {deleted && ", deleted"}
      </span>
      <CopyId id={id} />
      {!deleted && (
        <>
          <PlainLink href={url} label={`${id} in Stripe’s Dashboard`}>
            In Stripe’s Dashboard
          </PlainLink>
          <ConfirmDialog
            trigger="Delete customer"
            look="quiet"
            title="Delete this customer?"
            description="Its saved cards go with it, at Stripe. Its invoices and payments stay. The next purchase makes a new customer."
            action={action}
            confirm="Delete the customer"
            flash={flash?.action === action ? flash : null}
            done={doneWords.customer}
          />
        </>
      )}
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-soft">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}
