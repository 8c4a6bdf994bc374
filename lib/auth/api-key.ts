import { systemDb } from "@/lib/platform/db";
import { AppError } from "@/lib/platform/errors";
import { auth } from "./auth";
import { keyPrefix } from "./key-makers";
import { keyMetadata, scopesOf, type KeyScope } from "./key-scopes";

/** A server of a tenant, as its key says. What it may do is its scopes, and its maker's role today. */
export type KeyHolder = {
  keyId: string;
  tenantId: string;
  makerId: string;
  scopes: readonly KeyScope[];
};

const shape = new RegExp(`^${keyPrefix}[A-Za-z]{64}$`);

/** Throws api_key_invalid for one that is unknown, revoked or expired; rate_limited for one that asks too often. */
export async function requireKey(key: string): Promise<KeyHolder> {
  if (!shape.test(key)) throw new AppError("api_key_invalid");
  const {
    valid,
    key: row,
    error,
  } = await auth().api.verifyApiKey({
    body: { key },
  });
  if (!valid || !row) {
    if (error?.code === "RATE_LIMITED") throw new AppError("rate_limited");
    // better-auth calls every failure an invalid key: one of the database must not pass for that.
    await systemDb("is the database there", (tx) => tx.$queryRaw`SELECT 1`);
    throw new AppError("api_key_invalid");
  }
  return {
    keyId: row.id,
    tenantId: row.referenceId,
    makerId: keyMetadata.parse(row.metadata).makerId,
    scopes: scopesOf(row.permissions ?? {}),
  };
}
