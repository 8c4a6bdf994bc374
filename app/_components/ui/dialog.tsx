"use client";

import { X } from "lucide-react";
import * as Parts from "radix-ui/dialog";
import { useCallback, useState, type ReactNode } from "react";
import { CloseContext } from "../form-context";
import { useHydrated } from "../use-hydrated";
import { buttonClass, type ButtonLook } from "./button";

/**
 * A button and what it opens. Without JavaScript the same content unfolds below the button. A PostForm in
 * it closes it once it has worked.
 */
export function Dialog({
  trigger,
  look = "secondary",
  title,
  description,
  startsOpen = false,
  children,
}: {
  trigger: string;
  look?: ButtonLook;
  title: string;
  description?: ReactNode;
  /** To show what a form in it came back with. */
  startsOpen?: boolean;
  children: ReactNode;
}) {
  const hydrated = useHydrated();
  const [open, setOpen] = useState(startsOpen);
  const close = useCallback(() => setOpen(false), []);
  if (!hydrated) {
    return (
      <details open={startsOpen}>
        <summary className={buttonClass(look, "list-none")}>{trigger}</summary>
        <div className="mt-3 grid max-w-120 gap-4 rounded-lg border p-5 text-left">
          <p className="text-base font-semibold">{title}</p>
          {description && <div className="text-ink-soft">{description}</div>}
          {children}
        </div>
      </details>
    );
  }
  return (
    <Parts.Root open={open} onOpenChange={setOpen}>
      <Parts.Trigger className={buttonClass(look)}>{trigger}</Parts.Trigger>
      <Parts.Portal>
        <Parts.Overlay className="fixed inset-0 z-20 animate-appear bg-black/50" />
        <Parts.Content
          {...(!description && { "aria-describedby": undefined })}
          className="fixed inset-x-4 bottom-4 z-20 mx-auto grid max-h-[calc(100dvh-2rem)] max-w-120 animate-appear gap-4 overflow-y-auto rounded-lg border bg-canvas p-5 text-sm shadow-lg sm:top-1/2 sm:bottom-auto sm:-translate-y-1/2"
        >
          <div className="pr-8">
            <Parts.Title className="text-base font-semibold wrap-anywhere">
              {title}
            </Parts.Title>
            {description && (
              <Parts.Description asChild>
                <div className="mt-1 text-ink-soft">{description}</div>
              </Parts.Description>
            )}
          </div>
          <CloseContext value={close}>{children}</CloseContext>
          <Parts.Close
            aria-label="Close"
            className="absolute top-2.5 right-2.5 inline-flex size-10 items-center justify-center rounded-lg text-ink-soft hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
          </Parts.Close>
        </Parts.Content>
      </Parts.Portal>
    </Parts.Root>
  );
}
