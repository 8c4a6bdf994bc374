import { z } from "zod";
import type { Permission } from "./permissions";

/** What a key may be allowed. People, settings and ownership are never a key's business. */
const keyScopes = [
  "billing.read",
  "billing.write",
  "product.read",
  "product.write",
] as const satisfies readonly Permission[];

export type KeyScope = (typeof keyScopes)[number];

export function isKeyScope(permission: Permission): permission is KeyScope {
  return (keyScopes as readonly Permission[]).includes(permission);
}

const permissions = z.record(z.string(), z.array(z.string()));

/** better-auth's form of them, { billing: ["read"] }, as permissions of ours; what is unknown counts for nothing. */
export function scopesOf(given: z.output<typeof permissions>): KeyScope[] {
  return keyScopes.filter((scope) => {
    const [subject = "", act = ""] = scope.split(".");
    return given[subject]?.includes(act) ?? false;
  });
}

/** Of the column, which is JSON as text. */
export function readPermissions(column: string | null) {
  return permissions.parse(JSON.parse(column ?? "{}"));
}

/** Who made the key: createKey writes it. */
export const keyMetadata = z.object({ makerId: z.string() });

export function readMaker(column: string | null): string {
  return keyMetadata.parse(JSON.parse(column ?? "{}")).makerId;
}
