import { z } from "zod";
import { anyone } from "@/lib/auth/access";
import { signOut } from "@/lib/auth/sign-in";
import { route } from "@/lib/platform/http";

export const POST = route(
  { access: anyone, body: z.strictObject({}) },
  async ({ request }) => {
    const headers = await signOut(request);
    return { body: { location: "/" }, location: "/", headers };
  },
);
