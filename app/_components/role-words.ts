import type { Permission, Role } from "@/lib/auth/permissions";

export const roleNames: Record<Role, string> = {
  owner: "Owner",
  admin: "Admin",
  billing: "Billing",
  member: "Member",
  viewer: "Viewer",
};

/** A role as people read it; one that is not of ours as it is stored. */
export function roleName(role: string): string {
  return Object.hasOwn(roleNames, role) ? roleNames[role as Role] : role;
}

export const permissionWords: Record<Permission, string> = {
  "product.read": "See projects and reports",
  "product.write": "Create projects",
  "billing.read": "See plan and invoices",
  "billing.write": "Buy, change and cancel plans",
  "members.read": "See members",
  "members.write": "Invite and remove members, change roles",
  "settings.read": "See settings",
  "settings.write": "Change settings",
  "audit.read": "Read the audit log",
  "ownership.write": "Make owners, delete the workspace",
};
