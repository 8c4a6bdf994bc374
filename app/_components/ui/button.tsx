import type { ComponentProps } from "react";

/** `primary` is the amber one: once on a screen, for what the screen is there for. `danger` ends or deletes something. */
export type ButtonLook = "primary" | "secondary" | "quiet" | "danger";

const looks: Record<ButtonLook, string> = {
  primary:
    "bg-accent px-4 font-medium text-accent-ink hover:bg-accent-hover active:bg-accent-hover",
  secondary:
    "border border-line-strong bg-canvas px-4 font-medium text-ink hover:bg-surface",
  danger:
    "border border-danger bg-canvas px-4 font-medium text-danger hover:bg-danger-surface",
  // On a phone it often begins a line: its words then begin where the line does.
  quiet: "px-2 max-sm:-ml-2 text-ink-soft hover:bg-surface hover:text-ink",
};

/** For links that look like buttons as well. At least 40 px tall, so that a thumb can hit it. */
export function buttonClass(look: ButtonLook, more = ""): string {
  return `inline-flex min-h-10 shrink-0 items-center justify-center gap-2 rounded-lg text-center text-sm whitespace-nowrap transition-colors duration-150 ${looks[look]} ${more}`;
}

export function Button({
  look = "secondary",
  className = "",
  type = "submit",
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook }) {
  return (
    <button {...rest} type={type} className={buttonClass(look, className)} />
  );
}
