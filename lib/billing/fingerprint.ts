import type { CheckoutRequest } from "./checkout-request";
import type { ReturnUrls } from "./return-urls";
import type { Sale } from "./sale";

/** Equal wishes have equal fingerprints, in whatever words they were asked. */
export function fingerprintOf(
  { items }: Sale,
  { metadata, customerEmail, expiresInMinutes }: CheckoutRequest,
  urls: ReturnUrls,
): string {
  return JSON.stringify([
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
