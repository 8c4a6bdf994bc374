import Link from "next/link";
import { brand } from "@/lib/catalog/brand";

const item = "rounded-sm py-1 hover:text-ink hover:underline";

export function SiteFooter() {
  return (
    <footer className="mt-16 border-t">
      <div className="mx-auto flex max-w-270 flex-wrap items-center justify-between gap-x-6 gap-y-2 px-4 py-6 text-sm text-ink-soft sm:px-6">
        <a href={`mailto:${brand.supportEmail}`} className={item}>
          {brand.supportEmail}
        </a>
        <nav aria-label="Legal" className="flex gap-4">
          {brand.legal.map(({ label, href }) => (
            <Link key={href} href={href} className={item}>
              {label}
            </Link>
          ))}
        </nav>
      </div>
    </footer>
  );
}
