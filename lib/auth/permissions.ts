type Role = "owner" | "admin" | "billing" | "member" | "viewer";
export type Permission =
  "billing.read" | "billing.write" | "product.read" | "product.write";

/** Who may do what. A role that does not stand here may nothing. */
const matrix: ReadonlyMap<string, readonly Permission[]> = new Map<
  Role,
  readonly Permission[]
>([
  ["owner", ["billing.read", "billing.write", "product.read", "product.write"]],
  ["admin", ["billing.read", "product.read", "product.write"]],
  ["billing", ["billing.read", "billing.write", "product.read"]],
  ["member", ["product.read", "product.write"]],
  ["viewer", ["product.read"]],
]);

/** better-auth stores several roles as one comma-separated text. */
export function may(roles: string, permission: Permission): boolean {
  return roles
    .split(",")
    .some((role) => matrix.get(role)?.includes(permission));
}
