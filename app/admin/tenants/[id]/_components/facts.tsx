import type { ReactNode } from "react";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { CustomerLine, TenantDetail } from "@/lib/admin/tenant";

/** Who it is, what it pays, and where it stands at Stripe. */
export function Facts({ tenant }: { tenant: TenantDetail }) {
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
          : customers.map((one) => <Customer key={one.id} customer={one} />)}
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

function Customer({ customer }: { customer: CustomerLine }) {
  const { id, name, email, deleted, url } = customer;
  return (
    <p className="flex flex-wrap items-center gap-x-3">
      <span>
        {[name, email].filter(Boolean).join(", ") || "Without a name"}
        {deleted && ", deleted"}
      </span>
      <CopyId id={id} />
      {!deleted && (
        <PlainLink href={url} label={`${id} in Stripe’s Dashboard`}>
          In Stripe’s Dashboard
        </PlainLink>
      )}
    </p>
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
