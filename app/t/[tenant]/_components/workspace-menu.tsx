import { Menu } from "@/app/_components/ui/menu";
import type { TenantOfVisitor } from "@/lib/auth/membership";

/** More than these are found on their own page. */
const shown = 8;

/** Which workspace this is, and the way to the others. */
export function WorkspaceMenu({
  current,
  tenants,
}: {
  current: TenantOfVisitor;
  tenants: readonly TenantOfVisitor[];
}) {
  const others = tenants.filter(({ slug }) => slug !== current.slug);
  const items = [current, ...others].slice(0, shown).map(({ slug, name }) => ({
    label: name,
    href: `/t/${slug}`,
    current: slug === current.slug,
  }));
  const more = tenants.length - items.length;
  const all = more > 0 ? `All workspaces, ${more} more` : "All workspaces";
  return (
    <Menu
      label={`Workspace ${current.name}, switch`}
      align="start"
      items={[
        ...items,
        "line",
        { label: all, href: "/workspaces" },
        { label: "Create a workspace", href: "/workspaces#create" },
      ]}
    >
      {current.name}
    </Menu>
  );
}
