import { tenantAccess } from "@/lib/auth/access";
import { createKey, madeKeyAnswer, makeKeyRequest } from "@/lib/auth/api-keys";
import { keyPage } from "@/app/api/api-keys/key-page";
import { recentlySignedIn } from "@/lib/auth/recent-sign-in";
import { route } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Makes an API key. It is told in this answer and never again.",
    answer: madeKeyAnswer,
    status: 201,
    access: recentlySignedIn(tenantAccess("settings.write")),
    body: makeKeyRequest,
    keep: ["name", "billing", "product", "days"],
  },
  async ({ ctx, input }) => {
    const made = await createKey(ctx, input);
    const location = `/t/${ctx.slug}/settings#api-keys`;
    return { body: made, location, page: keyPage(made.key, location) };
  },
);
