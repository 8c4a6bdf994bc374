import type { Metadata } from "next";
import { oneParam } from "@/app/_components/search-param";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { getOrderPage } from "@/lib/billing/history";
import { Orders } from "../_components/orders";

export const metadata: Metadata = { title: "All purchases" };

export default async function PurchasesPage(
  props: PageProps<"/t/[tenant]/billing/purchases">,
) {
  const { tenant: slug } = await props.params;
  const here = `/t/${slug}/billing/purchases` as const;
  const { ctx } = await requireTenant(slug, "billing.read", here);
  const wanted = Number(oneParam((await props.searchParams)["page"]) ?? 1);
  const { rows, page, pages } = await getOrderPage(ctx, wanted);
  return (
    <>
      <PageHeader title="All purchases">
        Page {page} of {pages}.{" "}
        <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
      </PageHeader>
      <Orders orders={rows} />
      <Pager
        label="Purchases"
        newer={page > 1 ? `${here}?page=${page - 1}` : null}
        older={page < pages ? `${here}?page=${page + 1}` : null}
      />
    </>
  );
}
