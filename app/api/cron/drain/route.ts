import { cronOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { drain, drainAnswer } from "@/lib/webhooks/drain";
import { recordRun } from "@/lib/webhooks/record-run";

/** Vercel's cron sends GET, others POST. */
const handle = rawRoute(
  {
    summary: "Works off events and effects that are due.",
    answer: drainAnswer,
    access: cronOnly,
    maxBytes: 1024,
  },
  () => recordRun("drain", () => drain()),
);

export { handle as GET, handle as POST };
