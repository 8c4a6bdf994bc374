"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const pages = [
  { label: "Overview", path: "" },
  { label: "Projects", path: "/projects" },
  { label: "Reports", path: "/reports" },
] as const;
const billing = { label: "Billing", path: "/billing" } as const;
const settings = { label: "Settings", path: "/settings" } as const;
const audit = { label: "Audit log", path: "/audit" } as const;

export function TenantNav({
  slug,
  mayReadBilling,
  mayReadSettings,
  mayReadAudit,
}: {
  slug: string;
  mayReadBilling: boolean;
  mayReadSettings: boolean;
  mayReadAudit: boolean;
}) {
  const here = usePathname();
  const shown = [
    ...pages,
    ...(mayReadBilling ? [billing] : []),
    ...(mayReadSettings ? [settings] : []),
    ...(mayReadAudit ? [audit] : []),
  ];
  return (
    <nav
      aria-label="Workspace"
      className="-mx-2 -mb-px flex sm:-mx-3 basis-full overflow-x-auto"
    >
      {shown.map(({ label, path }) => (
        <Link
          key={label}
          href={`/t/${slug}${path}`}
          aria-current={here === `/t/${slug}${path}` ? "page" : undefined}
          className="inline-flex min-h-11 items-center border-b-2 border-transparent px-2 text-ink-soft hover:text-ink focus-visible:-outline-offset-2 aria-[current=page]:border-ink aria-[current=page]:text-ink sm:px-3"
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}
