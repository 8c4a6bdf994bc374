import { env } from "./env";
import { signInProviders } from "./sign-in-providers";
import { staticScripts } from "./static-scripts";
import { paymentOrigins, stripeJsUrl } from "./stripe";

/** The pages that show a form of Stripe's: they alone run Stripe's script. */
const paymentPage = /^\/t\/[^/]+\/(?:checkout|pay|billing\/pay)(?:\/|$)/;

export function isPaymentPage(path: string): boolean {
  return paymentPage.test(path);
}

/**
 * What a browser is told with every page: where scripts, frames and forms may lead. No script runs that is neither
 * a file of ours nor one of this page's own: those carry `nonce`, or are known by their hash where the page is static.
 */
export function pageHeaders(
  path: string,
  nonce: string,
): Record<string, string> {
  const pays = isPaymentPage(path);
  return {
    "Content-Security-Policy": contentSecurityPolicy(path, nonce),
    "Cross-Origin-Opener-Policy": pays
      ? "same-origin-allow-popups" // a wallet asks in a window of its own
      : "same-origin",
    "Permissions-Policy": `camera=(), microphone=(), geolocation=(), payment=${
      pays
        ? '(self "https://js.stripe.com" "https://checkout.stripe.com")'
        : "()"
    }`,
  };
}

function contentSecurityPolicy(path: string, nonce: string): string {
  const { NODE_ENV, appUrl } = env();
  const developing = NODE_ENV === "development";
  const stripe = isPaymentPage(path) ? stripeSources() : null;
  const policy = {
    "default-src": ["'none'"],
    "script-src": [
      "'self'",
      ...scriptsOf(path, nonce),
      ...(stripe?.scripts ?? []),
      ...(developing ? ["'unsafe-eval'"] : []), // React's call stacks
    ],
    "script-src-attr": ["'none'"],
    "style-src": ["'self'", "'unsafe-inline'"], // Radix places what it opens by a style attribute
    "img-src": ["'self'", "data:", ...(stripe?.images ?? [])],
    "font-src": ["'self'"],
    "connect-src": [
      "'self'",
      ...(stripe?.connections ?? []),
      ...(developing ? ["ws:"] : []), // what has changed comes by it
    ],
    "frame-src": stripe?.frames ?? ["'none'"],
    // A browser holds the whole chain of redirects against this, and buying ends at Stripe.
    "form-action": [
      "'self'",
      ...paymentOrigins(),
      ...(/^\/sign-(in|up)$/.test(path)
        ? signInProviders().map(({ origin }) => origin)
        : []),
    ],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
    "frame-ancestors": ["'none'"],
    ...(appUrl.startsWith("https:") && { "upgrade-insecure-requests": [] }),
  };
  return Object.entries(policy)
    .map(([directive, sources]) => [directive, ...sources].join(" "))
    .join("; ");
}

/** A static page has no nonce. Those that stand in for a missing or a broken page do so at any address. */
function scriptsOf(path: string, nonce: string): readonly string[] {
  return (
    staticScripts[path] ?? [
      `'nonce-${nonce}'`,
      ...(staticScripts["/_not-found"] ?? []),
      ...(staticScripts["/_global-error"] ?? []),
    ]
  );
}

/** As Stripe's security guide lists them for Stripe.js and Checkout, without the maps of its Address Element. */
function stripeSources() {
  const own = new URL(stripeJsUrl()).origin;
  if (own !== "https://js.stripe.com")
    return { scripts: [own], images: [own], connections: [own], frames: [own] };
  const js = [own, "https://*.js.stripe.com", "https://checkout.stripe.com"];
  return {
    scripts: js,
    images: ["https://*.stripe.com"],
    connections: ["https://api.stripe.com", "https://checkout.stripe.com"],
    frames: [...js, "https://hooks.stripe.com"],
  };
}
