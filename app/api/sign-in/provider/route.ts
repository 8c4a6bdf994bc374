import { anyone } from "@/lib/auth/access";
import {
  beginProviderSignIn,
  providerRequest,
} from "@/lib/auth/provider-sign-in";
import { route, whereTo } from "@/lib/platform/http";

export const POST = route(
  {
    summary: "Begins to sign in with Google or GitHub.",
    answer: whereTo,
    access: anyone,
    body: providerRequest,
  },
  async ({ input, request }) => {
    const { url, headers } = await beginProviderSignIn(request, input);
    return { body: { location: url }, location: url, headers };
  },
);
