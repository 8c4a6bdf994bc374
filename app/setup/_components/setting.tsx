import type { ReactNode } from "react";
import { Commands } from "@/app/_components/ui/commands";
import { Section } from "@/app/_components/ui/section";

export function Setting({
  name,
  id = name,
  title = `Set ${name}`,
  command,
  children,
}: {
  name: string;
  id?: string;
  title?: string;
  command: string;
  children: ReactNode;
}) {
  return (
    <Section id={id} title={title}>
      <p>{children}</p>
      <Commands lines={[command]} />
    </Section>
  );
}
