"use client";

import { Check, X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { seconds } from "@/lib/platform/time";
import { hideToast, onToast, shownToast } from "../show-toast";

/** Where toasts appear: once in a layout, since a live region must be there before it speaks. */
export function Toaster() {
  const toast = useSyncExternalStore(onToast, shownToast, () => null);
  const [held, setHeld] = useState(false); // pointed at: somebody is still reading
  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(hideToast, seconds(6));
    return () => clearTimeout(timer);
  }, [toast, held]);
  return (
    <output className="pointer-events-none fixed inset-x-0 bottom-0 z-30 grid justify-items-center p-4">
      {toast && (
        <span
          key={toast.nth}
          onPointerEnter={() => setHeld(true)}
          onPointerLeave={() => setHeld(false)}
          className="pointer-events-auto flex animate-appear items-center gap-3 rounded-lg border bg-canvas py-1 pr-1 pl-4 text-sm shadow-lg"
        >
          <Check className="size-4 text-good" aria-hidden="true" />
          {toast.text}
          <button
            type="button"
            onClick={() => {
              setHeld(false);
              hideToast();
            }}
            aria-label="Dismiss"
            className="inline-flex size-10 items-center justify-center rounded-lg text-ink-soft hover:text-ink"
          >
            <X className="size-4" aria-hidden="true" />
          </button>
        </span>
      )}
    </output>
  );
}
