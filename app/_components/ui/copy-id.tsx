"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { seconds } from "@/lib/platform/time";
import { useHydrated } from "../use-hydrated";

const shape = "inline-flex items-center gap-1.5 font-mono text-xs";

/** An id, shortened, copied whole by a click. */
export function CopyId({ id }: { id: string }) {
  const hydrated = useHydrated();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), seconds(2));
    return () => clearTimeout(timer);
  }, [copied]);
  if (!hydrated) {
    return (
      <code title={id} className={`${shape} break-all select-all`}>
        {id}
      </code>
    );
  }
  const Icon = copied ? Check : Copy;
  return (
    <span className="inline-flex">
      <button
        type="button"
        title={id}
        aria-label={`Copy ${id}`}
        onClick={() => {
          void navigator.clipboard.writeText(id).then(
            () => setCopied(true),
            () => setCopied(false),
          );
        }}
        className={`${shape} min-h-8 rounded-md px-1 text-ink-soft hover:text-ink`}
      >
        {shorten(id)}
        <Icon className="size-3.5" aria-hidden="true" />
      </button>
      <output className="sr-only">{copied && "Copied"}</output>
    </span>
  );
}

/** Enough to recognise: "sub_1Q…x8Zp". */
function shorten(id: string): string {
  return id.length <= 14 ? id : `${id.slice(0, 8)}…${id.slice(-4)}`;
}
