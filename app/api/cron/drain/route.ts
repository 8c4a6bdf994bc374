import { requireCronSecret } from "@/lib/auth/cron";
import { rawRoute } from "@/lib/platform/http";
import { drain } from "@/lib/webhooks/drain";

/** Vercel's cron sends GET, others POST. */
const handle = rawRoute({ maxBytes: 1024 }, async ({ request }) => {
  requireCronSecret(request);
  return drain();
});

export { handle as GET, handle as POST };
