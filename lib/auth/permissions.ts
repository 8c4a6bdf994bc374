export const roles = ["owner", "admin", "billing", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

export type Permission =
  | "product.read"
  | "product.write"
  | "billing.read"
  | "billing.write"
  | "members.read"
  | "members.write"
  | "settings.read"
  | "settings.write"
  | "audit.read"
  /** Who is an owner, and whether the workspace goes on existing. */
  | "ownership.write";

const everybody = ["product.read", "members.read"] as const;

/** Who may do what. A role that does not stand here may nothing. */
export const matrix: Readonly<Record<Role, readonly Permission[]>> = {
  owner: [
    ...everybody,
    "product.write",
    "billing.read",
    "billing.write",
    "members.write",
    "settings.read",
    "settings.write",
    "audit.read",
    "ownership.write",
  ],
  admin: [
    ...everybody,
    "product.write",
    "billing.read",
    "members.write",
    "settings.read",
    "settings.write",
    "audit.read",
  ],
  billing: [...everybody, "billing.read", "billing.write"],
  member: [...everybody, "product.write"],
  viewer: [...everybody],
};

/** better-auth stores several roles as one comma-separated text. */
export function may(held: string, permission: Permission): boolean {
  return held
    .split(",")
    .some((role) => isRole(role) && matrix[role].includes(permission));
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
