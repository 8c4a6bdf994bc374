import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { findChangePage } from "@/lib/billing/change-page";
import { priceWords } from "@/lib/catalog/price-words";
import { ChoosePrice } from "./_components/choose-price";
import { ConfirmChange } from "./_components/confirm-change";

export const metadata: Metadata = { title: "Change plan" };

/** Choose, see exactly what it costs, confirm. */
export default async function ChangePage(
  props: PageProps<"/t/[tenant]/billing/change">,
) {
  const { tenant: slug } = await props.params;
  const query = await props.searchParams;
  const billing = `/t/${slug}/billing` as const;
  const tenant = await requireTenant(
    slug,
    "billing.write",
    `${billing}/change`,
  );
  const page = await findChangePage(tenant.ctx, {
    subscriptionId: oneParam(query["subscription"]),
    priceId: oneParam(query["price"]),
  });
  if (!page) notFound();
  const { current, quote, problem } = page;
  return (
    <div className="grid max-w-180 gap-6">
      <PageHeader
        title={quote ? `Change to ${quote.to.productName}` : "Change plan"}
      >
        {current &&
          `This workspace is on ${current.productName} for ${priceWords(current)}.`}
      </PageHeader>
      {problem && <Banner tone="warning" title={problem} />}
      {quote ? (
        <ConfirmChange
          page={{ ...page, quote }}
          tenantId={tenant.tenantId}
          billing={billing}
          flash={await getFlash()}
        />
      ) : (
        <ChoosePrice page={page} />
      )}
      <p>
        <TextLink href={billing}>Back to billing</TextLink>
      </p>
    </div>
  );
}
