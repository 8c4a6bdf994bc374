import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { Section } from "@/app/_components/ui/section";
import { TextLink } from "@/app/_components/ui/text-link";
import { getTenantDetail } from "@/lib/admin/tenant";
import { getTimeline, timelineCursor } from "@/lib/admin/timeline";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "../../_components/admin-page";
import { CatalogueList } from "./_components/catalogue-list";
import { doneWords } from "./_components/done-words";
import { Facts } from "./_components/facts";
import { BeginPlan } from "./_components/begin-plan";
import { OfferForm } from "./_components/offer-form";
import { OfferList } from "./_components/offer-list";
import { Payments } from "./_components/payments";
import { TimeLine } from "./_components/time-line";

export const metadata: Metadata = { title: "Workspace" };

export default async function TenantPage(
  props: PageProps<"/admin/tenants/[id]">,
) {
  await requireStaff();
  const { id } = await props.params;
  const tenant = await getTenantDetail(id);
  if (!tenant) notFound();
  const flash = await getFlash();
  const query = await props.searchParams;
  const done = oneParam(query["done"]);
  const at = timelineCursor.parse(oneParam(query["before"]) ?? undefined);
  const { rows, older } = await getTimeline(id, at);
  const isOpen = tenant.closedAt === null;
  return (
    <AdminPage>
      <div className="grid justify-items-start gap-2">
        <PageHeader title={tenant.name} />
        {!isOpen && <Badge tone="neutral">Deleted by its owner</Badge>}
      </div>
      <DoneBanner code={done} words={doneWords} />
      <Facts tenant={tenant} flash={flash} />
      <Section
        id="payments"
        title="Payments"
        description="The newest. Open one to refund it, or to see its dispute."
      >
        <Payments tenantId={id} payments={tenant.payments} />
        <p className="mt-3">
          <TextLink href={`/admin/tenants/${id}/charges`}>
            Ask for a payment
          </TextLink>
        </p>
      </Section>
      {isOpen && (
        <>
          {tenant.billing.subscriptions.length === 0 && (
            <BeginPlan tenant={tenant} flash={flash} />
          )}
          <Section
            id="prices"
            title="Prices of its own"
            description="Only this workspace may buy them. Whoever has bought one keeps it when it is withdrawn."
          >
            <div className="grid gap-6">
              <OfferList tenant={tenant} flash={flash} />
              <OfferForm tenant={tenant} flash={flash} />
            </div>
          </Section>
          <Section
            id="catalogue"
            title="Prices of the catalogue"
            description="A hidden one is not offered to this workspace, and an open checkout of it ends."
          >
            <CatalogueList tenant={tenant} flash={flash} />
          </Section>
        </>
      )}
      <Section
        id="time-line"
        title="Time line"
        description="What happened, newest first, and because of what."
      >
        {isOpen && (
          <PostForm
            action={`/api/admin/tenants/${id}/resync`}
            label="Fetch everything from Stripe again"
            flash={flash}
            done={doneWords.resynced}
            className="mb-4 grid justify-items-start gap-3"
          >
            <SubmitButton>Fetch from Stripe again</SubmitButton>
          </PostForm>
        )}
        <TimeLine tenantId={id} rows={rows} />
        <Pager
          label="Time line"
          newer={at ? `/admin/tenants/${id}#time-line` : null}
          older={
            older &&
            `/admin/tenants/${id}?before=${encodeURIComponent(older)}#time-line`
          }
        />
      </Section>
    </AdminPage>
  );
}
