import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { safePath } from "@/lib/platform/safe-path";

const placeholder = "{CHECKOUT_SESSION_ID}";

export type ReturnUrls = { successUrl: string; cancelUrl: string };

type Wanted = {
  successUrl?: string | undefined;
  cancelUrl?: string | undefined;
};
type TenantUrls = {
  successUrl: string | null;
  cancelUrl: string | null;
  allowedOrigins: readonly string[];
} | null;

/**
 * Where Checkout sends the buyer back to: what the request says, else the tenant's setting, else the
 * deployment's, else our own pages. A request may name a path of this site or an origin allowed for the
 * tenant; anything else throws invalid_return_url.
 */
export function returnUrls(
  wanted: Wanted,
  tenant: TenantUrls,
  tenantSlug: string,
): ReturnUrls {
  const { STRIPE_SUCCESS_URL, STRIPE_CANCEL_URL, appUrl } = env();
  const origins = tenant?.allowedOrigins ?? [];
  const success =
    requested(wanted.successUrl, origins, "successUrl") ??
    tenant?.successUrl ??
    STRIPE_SUCCESS_URL ??
    `${appUrl}/checkout/success`;
  const cancel =
    requested(wanted.cancelUrl, origins, "cancelUrl") ??
    tenant?.cancelUrl ??
    STRIPE_CANCEL_URL;
  return {
    successUrl: withSessionId(success),
    cancelUrl: cancel
      ? withSessionId(cancel)
      : `${appUrl}/checkout/cancelled?tenant=${encodeURIComponent(tenantSlug)}`,
  };
}

function requested(
  url: string | undefined,
  origins: readonly string[],
  param: string,
) {
  if (url === undefined) return undefined;
  const bare = url.replaceAll(placeholder, "");
  if (safePath(bare)) return env().appUrl + url;
  // Parsing forgives blanks and backslashes; whoever reads the address next may not.
  if (/^[\x21-\x5b\x5d-\x7e]+$/.test(bare) && URL.canParse(bare)) {
    const { origin, username, password } = new URL(bare);
    const allowed = [new URL(env().appUrl).origin, ...origins];
    if (allowed.includes(origin) && !username && !password) return url;
  }
  throw new AppError("invalid_return_url", { param });
}

/** The literal placeholder must survive: Stripe replaces it, and an encoded one it does not know. */
function withSessionId(url: string): string {
  if (url.includes(placeholder)) return url;
  const at = url.indexOf("#");
  const [address, fragment] =
    at < 0 ? [url, ""] : [url.slice(0, at), url.slice(at)];
  const joint = address.includes("?") ? "&" : "?";
  return `${address}${joint}session_id=${placeholder}${fragment}`;
}
