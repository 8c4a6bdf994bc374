import { SiteFooter } from "../_components/site-footer";
import { SiteHeader } from "../_components/site-header";
import { TextLink } from "../_components/ui/text-link";

export default function DocsLayout({ children }: LayoutProps<"/docs">) {
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader />
      <div className="mx-auto w-full max-w-180 grow px-4 pt-4 sm:px-6">
        <nav aria-label="Documentation" className="text-sm">
          <TextLink href="/docs">All pages</TextLink>
        </nav>
        <main id="main" className="mt-6">
          {children}
        </main>
      </div>
      <SiteFooter />
    </div>
  );
}
