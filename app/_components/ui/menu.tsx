"use client";

import { Check, ChevronDown } from "lucide-react";
import * as Parts from "radix-ui/dropdown-menu";
import { useRef, type ReactNode } from "react";
import { useHydrated } from "../use-hydrated";
import { buttonClass } from "./button";

export type MenuItem =
  | { label: string; href: string; current?: boolean }
  /** Posts a plain form. */
  | { label: string; action: `/api/${string}` }
  /** A line between two groups. */
  | "line";

const panel =
  "z-20 min-w-48 max-w-72 rounded-lg border bg-canvas p-1 text-sm shadow-lg";
const entry =
  "flex min-h-10 w-full items-center justify-between gap-3 rounded-md px-3 text-left wrap-anywhere hover:bg-surface data-highlighted:bg-surface data-highlighted:outline-none";

/** A button that opens a list of places and acts. Without JavaScript it unfolds as plain links and forms. */
export function Menu({
  label,
  items,
  align = "end",
  className = "",
  children,
}: {
  /** What the button opens, for those who hear the page. */
  label: string;
  items: readonly MenuItem[];
  /** The edge of the button that the list keeps to. */
  align?: "start" | "end";
  className?: string;
  /** What the button shows. */
  children: ReactNode;
}) {
  const hydrated = useHydrated();
  const look = buttonClass("quiet", `min-w-0 shrink! ${className}`);
  const face = (
    <>
      <span className="truncate">{children}</span>
      <ChevronDown className="size-4 shrink-0" aria-hidden="true" />
    </>
  );
  if (!hydrated) {
    return (
      <details className="relative">
        <summary aria-label={label} className={`${look} list-none`}>
          {face}
        </summary>
        <ul
          className={`absolute ${align === "end" ? "right-0" : "left-0"} ${panel}`}
        >
          {items.map((item, index) => (
            <li key={index}>
              <PlainItem item={item} />
            </li>
          ))}
        </ul>
      </details>
    );
  }
  return (
    <Parts.Root modal={false}>
      <Parts.Trigger aria-label={label} className={look}>
        {face}
      </Parts.Trigger>
      <Parts.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className={`${panel} animate-appear`}
      >
        {items.map((item, index) => (
          <RichItem key={index} item={item} />
        ))}
      </Parts.Content>
    </Parts.Root>
  );
}

function PlainItem({ item }: { item: MenuItem }) {
  if (item === "line") return <hr className="my-1" />;
  if ("href" in item) return <ItemLink item={item} />;
  return (
    <form method="post" action={item.action}>
      <button className={entry}>{item.label}</button>
    </form>
  );
}

function RichItem({ item }: { item: MenuItem }) {
  const form = useRef<HTMLFormElement>(null);
  if (item === "line") {
    return <Parts.Separator className="my-1 border-t" />;
  }
  if ("href" in item) {
    return (
      <Parts.Item asChild>
        <ItemLink item={item} />
      </Parts.Item>
    );
  }
  return (
    <Parts.Item
      className={`${entry} cursor-pointer`}
      onSelect={() => form.current?.requestSubmit()}
    >
      <form ref={form} method="post" action={item.action} />
      {item.label}
    </Parts.Item>
  );
}

function ItemLink({
  item,
  ...rest
}: {
  item: Extract<MenuItem, { href: string }>;
}) {
  const { label, href, current } = item;
  return (
    <a
      {...rest}
      href={href}
      aria-current={current ? "true" : undefined}
      className={entry}
    >
      {label}
      {current && <Check className="size-4 shrink-0" aria-hidden="true" />}
    </a>
  );
}
