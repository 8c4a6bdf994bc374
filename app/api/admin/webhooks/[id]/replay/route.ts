import { staffOnly } from "@/lib/auth/access";
import { route } from "@/lib/platform/http";
import { replayAnswer, replayEvent, replayPath } from "@/lib/webhooks/replay";

export const POST = route(
  {
    summary: "Works on a stored event once more.",
    answer: replayAnswer,
    access: staffOnly,
    body: replayPath,
  },
  async ({ ctx, input: { id } }) => {
    const outcome = await replayEvent(id, { kind: "user", id: ctx.userId });
    return { body: { outcome }, location: `/admin/webhooks/${id}` };
  },
);
