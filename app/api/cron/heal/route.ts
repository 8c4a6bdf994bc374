import { cronOnly } from "@/lib/auth/access";
import { rawRoute } from "@/lib/platform/http";
import { heal } from "@/lib/webhooks/heal";

/** Every ten minutes, or once a day where a cron may run no oftener. */
const handle = rawRoute({ access: cronOnly, maxBytes: 1024 }, () => heal());

export { handle as GET, handle as POST };
