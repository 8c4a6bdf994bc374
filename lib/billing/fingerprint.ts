import type { CheckoutRequest } from "./checkout-request";
import type { ReturnUrls } from "./return-urls";
import type { Sale } from "./sale";

/** Equal wishes have equal fingerprints, in whatever words they were asked. */
export function fingerprintOf(
  { mode, items }: Sale,
  request: CheckoutRequest,
  { urls, ui }: { urls: ReturnUrls; ui: string },
): string {
  const { metadata, customerEmail, expiresInMinutes } = request;
  return JSON.stringify([
    mode,
    ui,
    request.promotionCode ?? null,
    request.locale ?? null,
    sorted(
      items.map(({ price, quantity }) => [price.lookupKey, quantity] as const),
    ),
    sorted(Object.entries(metadata ?? {})),
    customerEmail ?? null,
    expiresInMinutes ?? null,
    urls.successUrl,
    urls.cancelUrl,
  ]);
}

function sorted<Pair extends readonly [string, unknown]>(
  pairs: readonly Pair[],
): Pair[] {
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
}
