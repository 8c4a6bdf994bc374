import Link from "next/link";
import { after } from "next/server";
import { AccountMenu } from "@/app/_components/account-menu";
import { Logo } from "@/app/_components/logo";
import { brand } from "@/lib/catalog/brand";
import { may, type Permission } from "@/lib/auth/permissions";
import { getTenants, getUser } from "@/lib/auth/session";
import { refreshStale } from "@/lib/sync/stale";
import { TenantNav } from "./_components/tenant-nav";
import { Unconfirmed } from "./_components/unconfirmed";
import { WorkspaceMenu } from "./_components/workspace-menu";

/** What stands in the workspace's navigation, for those whose role opens it. */
const pages: readonly { label: string; path: string; needs: Permission }[] = [
  { label: "Overview", path: "", needs: "product.read" },
  { label: "Projects", path: "/projects", needs: "product.read" },
  { label: "Reports", path: "/reports", needs: "product.read" },
  { label: "Billing", path: "/billing", needs: "billing.read" },
  { label: "Members", path: "/members", needs: "members.read" },
  { label: "Settings", path: "/settings", needs: "settings.read" },
  { label: "Audit log", path: "/audit", needs: "audit.read" },
];

/** The frame only. Each page asks by itself who is here: a layout is no guard. */
export default async function TenantLayout({
  params,
  children,
}: LayoutProps<"/t/[tenant]">) {
  const { tenant: slug } = await params;
  const user = await getUser();
  const tenants = await getTenants();
  const tenant = tenants.find((one) => one.slug === slug);
  if (!user || !tenant) return children;
  // A renewal that nobody told us of shows on the next page.
  after(() => refreshStale(tenant));
  const open = pages.filter(({ needs }) => may(tenant.role, needs));
  return (
    <div className="text-sm">
      <header className="border-b">
        <div className="mx-auto flex max-w-270 flex-wrap items-center gap-x-2 px-4 pt-3 sm:px-6">
          <Link
            href={`/t/${slug}`}
            aria-label={`${brand.name}, start`}
            className="inline-flex rounded-lg max-sm:hidden"
          >
            <Logo />
          </Link>
          <div className="flex min-w-0 grow basis-0 max-sm:-ml-2 sm:border-l sm:pl-2">
            <WorkspaceMenu current={tenant} tenants={tenants} />
          </div>
          <div className="-mr-2 flex max-w-1/3 min-w-0">
            <AccountMenu name={user.name} />
          </div>
          <TenantNav
            pages={open.map(({ label, path }) => ({
              label,
              href: `/t/${slug}${path}`,
            }))}
          />
        </div>
      </header>
      {!user.emailVerified && (
        <Unconfirmed email={user.email} here={`/t/${slug}`} />
      )}
      <main
        id="main"
        className="mx-auto grid max-w-270 gap-8 px-4 py-8 sm:px-6"
      >
        {children}
      </main>
    </div>
  );
}
