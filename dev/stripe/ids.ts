import { randomBytes } from "node:crypto";

const ALPHABET =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

export function randomText(length: number): string {
  let text = "";
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      // 248 is the largest multiple of 62 in a byte: beyond it letters would be uneven.
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

const SHORT = new Set(["cus", "prod", "si", "req"]);
const PAYMENT_FAMILY = new Set(["pi", "ch", "txn", "re"]);

/** An id with the prefix and length Stripe uses; no meaning is encoded in it. */
export function newId(prefix: string): string {
  if (SHORT.has(prefix)) return `${prefix}_${randomText(14)}`;
  const family = PAYMENT_FAMILY.has(prefix) ? "3" : "1";
  return `${prefix}_${family}${randomText(23)}`;
}

export function newSessionId(mode: string): string {
  return `cs_test_${mode === "setup" ? "c1" : "a1"}${randomText(56)}`;
}
