export const roles = ["owner", "admin", "billing", "member", "viewer"] as const;
export type Role = (typeof roles)[number];

/** `ownership.write`: who is an owner, and whether the workspace goes on existing. */
export const permissions = [
  "product.read",
  "product.write",
  "billing.read",
  "billing.write",
  "members.read",
  "members.write",
  "settings.read",
  "settings.write",
  "audit.read",
  "ownership.write",
] as const;
export type Permission = (typeof permissions)[number];

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
  return permissionsOf(held).includes(permission);
}

/**
 * Whether somebody with the role `held` decides over the role `other`: may give it, take it, or remove who
 * has it. Nobody decides over more than they may do themselves, so only owners make or unmake owners.
 */
export function mayDecideOver(held: string, other: string): boolean {
  const own = permissionsOf(held);
  return (
    own.includes("members.write") &&
    permissionsOf(other).every((permission) => own.includes(permission))
  );
}

function permissionsOf(held: string): readonly Permission[] {
  return held.split(",").flatMap((role) => (isRole(role) ? matrix[role] : []));
}

function isRole(text: string): text is Role {
  return (roles as readonly string[]).includes(text);
}
