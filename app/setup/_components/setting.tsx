import type { ReactNode } from "react";
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
      <pre className="mt-3 whitespace-pre-wrap wrap-anywhere rounded-lg border bg-surface p-3 font-mono text-sm select-all">
        {command}
      </pre>
    </Section>
  );
}
