import type { Context } from "../context";

export type Challenge = {
  redirect_to_url?: { return_url: string; url: string };
  type: "redirect_to_url" | "use_stripe_sdk";
  use_stripe_sdk?: { stripe_js: string; type: "three_d_secure_redirect" };
};

/** Where the bank asks its question: by redirect when there is an address to come back to. */
export function challengeOf(
  ctx: Context,
  intent: string,
  return_url: string | undefined,
): Challenge {
  const url = `${ctx.origin}/3ds/${intent}`;
  return return_url
    ? { redirect_to_url: { return_url, url }, type: "redirect_to_url" }
    : {
        type: "use_stripe_sdk",
        use_stripe_sdk: { stripe_js: url, type: "three_d_secure_redirect" },
      };
}

/** What is said when the customer fails the bank's question, or turns away. */
export const NOT_AUTHENTICATED =
  "We are unable to authenticate your payment method. Please choose a different payment method and try again.";
