import { tenantAccess } from "@/lib/auth/access";
import {
  returnSettingsRequest,
  saveReturnSettings,
} from "@/lib/billing/return-settings";
import { nothing, route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Changes where checkouts lead back to.",
    answer: nothing,
    access: tenantAccess("settings.write"),
    body: returnSettingsRequest,
    keep: Object.keys(returnSettingsRequest.shape),
  },
  async ({ ctx, input }) => {
    await saveReturnSettings(ctx, input);
    const location = `/t/${ctx.slug}/settings?done=addresses`;
    return { body: {}, location };
  },
);
