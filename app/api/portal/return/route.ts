import type { NextRequest } from "next/server";
import { getTenantById } from "@/lib/auth/session";
import { syncAfterPortal } from "@/lib/billing/portal-return";
import { safePath } from "@/lib/platform/http";

/** Back from the portal: what was done there is fetched first, so that no page shows what was before. */
export async function GET(request: NextRequest): Promise<Response> {
  const { searchParams } = request.nextUrl;
  const tenant = await getTenantById(
    searchParams.get("tenant"),
    "billing.read",
  );
  if (tenant) await syncAfterPortal(tenant.ctx);
  const Location = safePath(searchParams.get("to")) ?? "/t";
  return new Response(null, { status: 303, headers: { Location } });
}
