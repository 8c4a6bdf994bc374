import Link from "next/link";
import { Logo } from "@/app/_components/logo";
import { Button } from "@/app/_components/ui/button";
import { brand } from "@/lib/catalog/brand";
import { may } from "@/lib/auth/permissions";
import { getTenants } from "@/lib/auth/session";
import { TenantNav } from "./_components/tenant-nav";

/** The frame only. Each page asks by itself who is here: a layout is no guard. */
export default async function TenantLayout({
  params,
  children,
}: LayoutProps<"/t/[tenant]">) {
  const { tenant: slug } = await params;
  const tenant = (await getTenants()).find((one) => one.slug === slug);
  if (!tenant) return children;
  return (
    <div className="text-sm">
      <header className="border-b">
        <div className="mx-auto flex max-w-270 flex-wrap items-center gap-x-4 px-4 pt-3 sm:px-6">
          <Link
            href={`/t/${slug}`}
            aria-label={`${brand.name}, start`}
            className="inline-flex rounded-lg max-sm:hidden"
          >
            <Logo />
          </Link>
          <p className="min-w-0 grow truncate font-medium sm:border-l sm:pl-4 sm:text-ink-soft">
            {tenant.name}
          </p>
          <form method="post" action="/api/sign-out" className="-mr-2">
            <Button look="quiet">Sign out</Button>
          </form>
          <TenantNav
            slug={slug}
            mayReadBilling={may(tenant.role, "billing.read")}
            mayReadSettings={may(tenant.role, "settings.read")}
            mayReadAudit={may(tenant.role, "audit.read")}
          />
        </div>
      </header>
      <main
        id="main"
        className="mx-auto grid max-w-270 gap-8 px-4 py-8 sm:px-6"
      >
        {children}
      </main>
    </div>
  );
}
