import http from "node:http";
import https from "node:https";
import { signatureHeader } from "./signature";

const TIMEOUT_MS = 10_000;

/** One delivery attempt; true when the endpoint answered 2xx. Redirects are not followed. */
export function postWebhook(
  to: { url: string; secrets: [string, ...string[]] },
  body: string,
  signal: AbortSignal,
): Promise<boolean> {
  const client = to.url.startsWith("https:") ? https : http;
  // Stripe signs with real time, and so does the SDK check it.
  const timestamp = Math.floor(Date.now() / 1000);
  return new Promise((resolve) => {
    const request = client.request(
      to.url,
      {
        method: "POST",
        agent: false,
        signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
        headers: {
          Accept: "*/*; q=0.5, application/xml",
          "Cache-Control": "no-cache",
          "Content-Length": Buffer.byteLength(body),
          "Content-Type": "application/json; charset=utf-8",
          "Stripe-Signature": signatureHeader(body, to.secrets, timestamp),
          "User-Agent": "Stripe/1.0 (+https://stripe.com/docs/webhooks)",
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.resume();
        response.on("end", () => resolve(status >= 200 && status < 300));
        response.on("error", () => resolve(false));
      },
    );
    request.on("error", () => resolve(false));
    request.end(body);
  });
}
