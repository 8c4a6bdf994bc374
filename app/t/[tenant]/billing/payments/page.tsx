import type { Metadata } from "next";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { oneParam } from "@/app/_components/search-param";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { TextLink } from "@/app/_components/ui/text-link";
import { may } from "@/lib/auth/permissions";
import { isRecent } from "@/lib/auth/recent-sign-in";
import { requireTenant } from "@/lib/auth/session";
import { getPaymentHistory } from "@/lib/billing/history";
import { doneWords } from "./_components/done-words";
import { PaymentList } from "./_components/payment-list";

export const metadata: Metadata = { title: "Payments" };

export default async function PaymentsPage(
  props: PageProps<"/t/[tenant]/billing/payments">,
) {
  const { tenant: slug } = await props.params;
  const query = await props.searchParams;
  const here = `/t/${slug}/billing/payments` as const;
  const { ctx, role, user } = await requireTenant(slug, "billing.read", here);
  const wanted = Number(oneParam(query["page"]) ?? 1);
  const { rows, page, pages } = await getPaymentHistory(ctx, wanted);
  const flash = await getFlash();
  return (
    <>
      <PageHeader title="Payments">
        What was paid, and what became of it.{" "}
        <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
      </PageHeader>
      <DoneBanner code={oneParam(query["done"])} words={doneWords} />
      {rows.length > 0 ? (
        <PaymentList
          payments={rows}
          taker={
            may(role, "ownership.write")
              ? { tenantId: ctx.tenantId, asksPassword: !isRecent(user) }
              : null
          }
          flash={flash}
        />
      ) : (
        <EmptyState title="No payment">
          What the workspace pays for stands here.
        </EmptyState>
      )}
      <Pager
        label="Payments"
        newer={page > 1 ? `${here}?page=${page - 1}` : null}
        older={page < pages ? `${here}?page=${page + 1}` : null}
      />
    </>
  );
}
