"use client";

import * as Parts from "radix-ui/tabs";
import type { ReactNode } from "react";

/** Parts of one page, one shown at a time. Without JavaScript all of them, each under its name. */
export function Tabs({
  label,
  tabs,
}: {
  label: string;
  tabs: readonly { key: string; label: string; content: ReactNode }[];
}) {
  return (
    <Parts.Root defaultValue={tabs[0]?.key}>
      <Parts.List
        aria-label={label}
        className="flex gap-4 overflow-x-auto border-b noscript:hidden"
      >
        {tabs.map((tab) => (
          <Parts.Trigger
            key={tab.key}
            value={tab.key}
            className="-mb-px min-h-11 border-b-2 border-transparent text-ink-soft hover:text-ink focus-visible:-outline-offset-2 data-[state=active]:border-ink data-[state=active]:text-ink"
          >
            {tab.label}
          </Parts.Trigger>
        ))}
      </Parts.List>
      {tabs.map((tab) => (
        <Parts.Content
          key={tab.key}
          value={tab.key}
          forceMount
          className="pt-4 data-[state=inactive]:hidden noscript:block!"
        >
          <p className="mb-2 hidden font-semibold noscript:block">
            {tab.label}
          </p>
          {tab.content}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}
