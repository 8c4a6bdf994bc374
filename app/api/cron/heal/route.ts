import { requireCronSecret } from "@/lib/auth/cron";
import { rawRoute } from "@/lib/platform/http";
import { heal } from "@/lib/webhooks/heal";

/** Every ten minutes, or once a day where a cron may run no oftener. */
const handle = rawRoute({ maxBytes: 1024 }, async ({ request }) => {
  requireCronSecret(request);
  return heal();
});

export { handle as GET, handle as POST };
