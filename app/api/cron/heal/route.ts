import { cronOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { upkeep, upkeepAnswer } from "@/lib/admin/upkeep";
import { recordRun } from "@/lib/webhooks/record-run";

/** Every ten minutes, or once a day where a cron may run no oftener. */
const handle = rawRoute(
  {
    summary:
      "Fetches from Stripe what no webhook told of, and finishes erasures.",
    answer: upkeepAnswer,
    access: cronOnly,
    maxBytes: 1024,
  },
  () => recordRun("heal", () => upkeep()),
);

export { handle as GET, handle as POST };
