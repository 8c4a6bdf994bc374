import { createHmac } from "node:crypto";

/** The `Stripe-Signature` header over the exact bytes, newest secret first; v0 is what test mode adds, to be ignored. */
export function signatureHeader(
  body: string,
  secrets: [string, ...string[]],
  timestamp: number,
): string {
  const sign = (key: string) =>
    createHmac("sha256", key).update(`${timestamp}.${body}`).digest("hex");
  const valid = secrets.map((secret) => `v1=${sign(secret)}`);
  return [`t=${timestamp}`, ...valid, `v0=${sign(`v0:${secrets[0]}`)}`].join();
}
