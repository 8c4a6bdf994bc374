"use client";

import { use, type ReactNode } from "react";
import { PendingContext } from "./form-context";
import { Button, type ButtonLook } from "./ui/button";

/** The button of a PostForm. While it waits it keeps the focus, and says so. */
export function SubmitButton({
  look = "secondary",
  className = "",
  children,
}: {
  look?: ButtonLook;
  className?: string;
  children: ReactNode;
}) {
  const pending = use(PendingContext);
  return (
    <Button
      look={look}
      className={className}
      aria-disabled={pending}
      aria-busy={pending}
    >
      {children}
    </Button>
  );
}
