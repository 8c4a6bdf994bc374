import type { Metadata } from "next";
import { after } from "next/server";
import { oneParam } from "@/app/_components/search-param";
import { getTenantById, requireUser } from "@/lib/auth/session";
import {
  findCheckoutTenant,
  getCheckoutResult,
} from "@/lib/billing/checkout-result";
import { getRecovery } from "@/lib/billing/recovery";
import { runDueEffects } from "@/lib/fulfilment/run";
import { Confirmed } from "./_components/confirmed";
import { Confirming } from "./_components/confirming";
import { Expired } from "../_components/expired";
import { Failed } from "./_components/failed";
import { NothingHere } from "../_components/nothing-here";
import { StillOpen } from "./_components/still-open";
import { UnderWay } from "./_components/under-way";

export const metadata: Metadata = { title: "Your purchase" };

export default async function SuccessPage(
  props: PageProps<"/checkout/success">,
) {
  const sessionId = oneParam((await props.searchParams)["session_id"]) ?? "";
  const here = `/checkout/success?session_id=${encodeURIComponent(sessionId)}`;
  await requireUser(here);
  const tenantId = await findCheckoutTenant(sessionId);
  const tenant = await getTenantById(tenantId, "billing.read");
  const result = tenant && (await getCheckoutResult(tenant.ctx, sessionId));
  if (!tenant || !result) return <NothingHere />;
  const { slug } = tenant;
  switch (result.state) {
    case "confirmed":
      // Your own code for a purchase need not wait for the timer: its rows are there now.
      after(() => runDueEffects(3));
      return <Confirmed result={result} slug={slug} />;
    case "confirming":
      return <Confirming />;
    case "under_way":
      return <UnderWay slug={slug} />;
    case "open":
      return <StillOpen url={result.url} expiresAt={result.expiresAt} />;
    case "failed":
      return <Failed slug={slug} />;
    case "expired":
      return (
        <Expired
          slug={slug}
          recovery={await getRecovery(tenant.ctx, sessionId)}
        />
      );
  }
}
