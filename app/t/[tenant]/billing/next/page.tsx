import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ChargeLines } from "../_components/charge-lines";
import { oneParam } from "@/app/_components/search-param";
import { Banner } from "@/app/_components/ui/banner";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { requireTenant } from "@/lib/auth/session";
import { findNextInvoice } from "@/lib/billing/next-invoice";
import { formatMoney } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";

export const metadata: Metadata = { title: "Next charge" };

/** The next invoice as Stripe would make it now. */
export default async function NextPage(
  props: PageProps<"/t/[tenant]/billing/next">,
) {
  const { tenant: slug } = await props.params;
  const wanted = oneParam((await props.searchParams)["subscription"]);
  const billing = `/t/${slug}/billing` as const;
  const { ctx } = await requireTenant(slug, "billing.read", `${billing}/next`);
  const found = await findNextInvoice(ctx, wanted);
  if (!found) notFound();
  return (
    <div className="grid max-w-180 gap-6">
      <PageHeader title="Next charge" />
      {"problem" in found ? (
        <Banner tone="warning" title={found.problem} />
      ) : (
        <>
          <p className="text-lg font-medium tabular-nums">
            {formatMoney(found.next.due)} for {found.next.planName} on{" "}
            {formatDate(found.next.at)}.
          </p>
          <ChargeLines
            lines={found.next.lines}
            total={found.next.due}
            startsOpen
          />
        </>
      )}
      <p>
        <TextLink href={billing}>Back to billing</TextLink>
      </p>
    </div>
  );
}
