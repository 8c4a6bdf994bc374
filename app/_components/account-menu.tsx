import { Menu } from "./ui/menu";

/** What is a person's own, in the header of every page behind the sign-in. */
export function AccountMenu({ name }: { name: string }) {
  return (
    <Menu
      label={`Your account, ${name}`}
      items={[
        { label: "Account", href: "/account" },
        { label: "Workspaces", href: "/workspaces" },
        "line",
        { label: "Sign out", action: "/api/sign-out" },
      ]}
    >
      {name}
    </Menu>
  );
}
