import { isHealthy } from "@/lib/admin/health";
import { openRoute } from "@/lib/platform/http";

export const dynamic = "force-dynamic";

export const GET = openRoute(
  {
    summary: "Whether this instance can work: 200 or 503.",
  },
  async () => {
    const healthy = await isHealthy();
    return Response.json(
      { status: healthy ? "ok" : "unavailable" },
      { status: healthy ? 200 : 503, headers: { "Cache-Control": "no-store" } },
    );
  },
);
