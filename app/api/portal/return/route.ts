import { getTenantById } from "@/lib/auth/session";
import { syncAfterPortal } from "@/lib/billing/portal-return";
import { openRoute } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

/** Back from the portal: what was done there is fetched first, so that no page shows what was before. */
export const GET = openRoute(
  {
    // A stranger is led on as well, and nothing is fetched.
    summary: "Where the customer portal leads back to.",
  },
  async (request) => {
    const { searchParams } = new URL(request.url);
    const id = searchParams.get("tenant");
    const tenant = await getTenantById(id, "billing.read");
    if (tenant) await syncAfterPortal(tenant.ctx);
    const Location = safePath(searchParams.get("to")) ?? "/t";
    return new Response(null, { status: 303, headers: { Location } });
  },
);
