import { cronOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { drain } from "@/lib/webhooks/drain";

/** Vercel's cron sends GET, others POST. */
const handle = rawRoute({ access: cronOnly, maxBytes: 1024 }, () => drain());

export { handle as GET, handle as POST };
