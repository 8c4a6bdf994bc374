import type { Metadata } from "next";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { getInvoicePage } from "@/lib/billing/history";
import { Invoices } from "../_components/invoices";

export const metadata: Metadata = { title: "All invoices" };

export default async function InvoicesPage(
  props: PageProps<"/t/[tenant]/billing/invoices">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/billing/invoices` as const;
  const { ctx } = await requireTenant(slug, "billing.read", here);
  const wanted = Number(oneParam((await props.searchParams)["page"]) ?? 1);
  const { rows, page, pages } = await getInvoicePage(ctx, wanted);
  return (
    <>
      <PageHeader title="All invoices">
        Page {page} of {pages}.{" "}
        <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
      </PageHeader>
      <Invoices invoices={rows} />
      <Pager
        label="Invoices"
        newer={page > 1 ? `${here}?page=${page - 1}` : null}
        older={page < pages ? `${here}?page=${page + 1}` : null}
      />
    </>
  );
}
