import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import { Button } from "@/app/_components/ui/button";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { Dialog } from "@/app/_components/ui/dialog";
import { Menu } from "@/app/_components/ui/menu";
import { Section } from "@/app/_components/ui/section";
import { Tabs } from "@/app/_components/ui/tabs";
import { PlainLink, TextLink } from "@/app/_components/ui/text-link";

const row = "flex flex-wrap items-center gap-3";

export function Actions() {
  return (
    <>
      <Section id="buttons" title="Buttons and links">
        <div className={row}>
          <Button type="button" look="primary">
            Primary
          </Button>
          <Button type="button">Secondary</Button>
          <Button type="button" look="quiet">
            Quiet
          </Button>
          <Button type="button" look="danger">
            Danger
          </Button>
          <Button type="button" aria-disabled aria-busy>
            Waiting
          </Button>
          <ButtonLink href="/admin/design">A link as a button</ButtonLink>
          <TextLink href="/admin/design">A link</TextLink>
          <PlainLink href="https://example.com">To another site</PlainLink>
        </div>
      </Section>
      <Section id="dialogs" title="Dialogs and menus">
        <div className={row}>
          <Dialog
            trigger="Open a dialog"
            title="A dialog"
            description="It keeps the focus, closes by Escape and gives the focus back."
          >
            <p>What it says stands here.</p>
          </Dialog>
          <ConfirmDialog
            trigger="Ask before it happens"
            look="danger"
            title="Delete the project Bridge?"
            description="This sample is always refused, so that one sees an error in a dialog."
            action="/api/projects"
            confirm="Delete Bridge"
          />
          <Menu
            label="Open a menu"
            items={[
              { label: "Acme", href: "/admin/design#dialogs", current: true },
              {
                label: "A workspace with a name as long as people make them",
                href: "/admin/design#dialogs",
              },
              "line",
              { label: "Sign out", action: "/api/sign-out" },
            ]}
          >
            Acme
          </Menu>
        </div>
      </Section>
      <Section id="tabs" title="Tabs">
        <Tabs
          label="Samples"
          tabs={[
            { key: "one", label: "Plan", content: <p>What is paid for.</p> },
            { key: "two", label: "People", content: <p>Who is here.</p> },
            { key: "three", label: "History", content: <p>What was done.</p> },
          ]}
        />
      </Section>
    </>
  );
}
