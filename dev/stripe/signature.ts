import { createHmac } from "node:crypto";

/** The `Stripe-Signature` header over the exact bytes; v0 is what test mode adds, to be ignored. */
export function signatureHeader(
  body: string,
  secret: string,
  timestamp: number,
): string {
  const sign = (key: string) =>
    createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex");
  return `t=${timestamp},v1=${sign(secret)},v0=${sign(`v0:${secret}`)}`;
}
