import { tenantAccess } from "@/lib/auth/access";
import { quoteAnswer } from "@/lib/billing/answers";
import { previewChange, previewRequest } from "@/lib/billing/change-plan";
import { quoteObject } from "@/lib/billing/quote-object";
import { changeRefusals } from "@/lib/billing/refusals";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Says what a change of plan would come to. Changes nothing.",
    answer: quoteAnswer,
    access: tenantAccess("billing.write"),
    body: previewRequest,
    refusals: changeRefusals,
  },
  async ({ ctx, input }) => {
    const { subscriptionId, priceId } = input;
    const query = new URLSearchParams({
      subscription: subscriptionId,
      price: priceId,
    });
    return {
      body: quoteObject(await previewChange(ctx, input)),
      location: `/t/${ctx.slug}/billing/change?${query}`,
    };
  },
);
