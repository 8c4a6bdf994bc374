import { tenantAccess } from "@/lib/auth/access";
import { invoicePaidAnswer } from "@/lib/billing/answers";
import { payInvoice, payRequest } from "@/lib/billing/pay-invoice";
import { cardRefusals, commandRefusals } from "@/lib/billing/refusals";
import { requestKeyOf, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Pays an open invoice with a saved card.",
    answer: invoicePaidAnswer,
    access: tenantAccess("billing.write"),
    body: payRequest,
    refusals: ["invoice_closed", ...commandRefusals, ...cardRefusals],
  },
  async ({ ctx, input, request }) => {
    const key = requestKeyOf(request, input);
    const paid = await payInvoice(ctx, input, key);
    const billing = `/t/${ctx.slug}/billing`;
    const location =
      paid.state === "paid"
        ? `${billing}?done=paid`
        : `${billing}/pay/${paid.invoiceId}?confirm=1`;
    return { body: { ...paid, location }, location };
  },
);
