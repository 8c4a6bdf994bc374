import type { Metadata } from "next";
import { FormAlert } from "@/app/_components/form-alert";
import { getFlash } from "@/app/_components/get-flash";
import { getTenantById, requireUser } from "@/lib/auth/session";
import { getCheckoutTenant } from "@/lib/billing/checkout-result";
import { getCheckout } from "@/lib/billing/open-checkout";
import { getRecovery } from "@/lib/billing/recovery";
import { Expired } from "../_components/expired";
import { NothingHere } from "../_components/nothing-here";
import { Open } from "./_components/open";
import { Paid } from "./_components/paid";

export const metadata: Metadata = { title: "Your checkout" };

export default async function CheckoutPage(
  props: PageProps<"/checkout/[sessionId]">,
) {
  const { sessionId } = await props.params;
  await requireUser(`/checkout/${encodeURIComponent(sessionId)}`);
  const tenantId = await getCheckoutTenant(sessionId);
  const tenant = await getTenantById(tenantId, "billing.read");
  if (!tenant) return <NothingHere />;
  const checkout = await getCheckout(tenant.ctx, sessionId);
  const flash = await getFlash();
  switch (checkout.status) {
    case "open":
      return (
        <>
          {flash && <FormAlert problem={flash} />}
          <Open checkout={checkout} slug={tenant.slug} />
        </>
      );
    case "complete":
      return <Paid sessionId={checkout.id} />;
    case "expired":
      return (
        <Expired
          slug={tenant.slug}
          recovery={await getRecovery(tenant.ctx, sessionId)}
        />
      );
  }
}
