"use client";

import type { ReactNode } from "react";
import { use } from "react";
import type { Problem, Remedies } from "./form-alert";
import { CloseContext } from "./form-context";
import { PostForm } from "./post-form";
import { SubmitButton } from "./submit-button";
import { Button, type ButtonLook } from "./ui/button";
import { Dialog } from "./ui/dialog";

/** Asks before it posts: what will happen, one button that names it, one that keeps things as they are. */
export function ConfirmDialog({
  trigger,
  look = "secondary",
  title,
  description,
  action,
  fields = {},
  confirm,
  keep = "Keep it",
  flash = null,
  remedies,
  done,
  next = null,
  children,
}: {
  trigger: string;
  look?: ButtonLook;
  title: string;
  description: ReactNode;
  action: `/api/${string}`;
  /** Posted along, unseen. */
  fields?: Readonly<Record<string, string>>;
  /** Names the act: "Remove Ada". */
  confirm: string;
  keep?: string;
  flash?: Problem | null;
  remedies?: Remedies;
  /** Said once it has worked. */
  done?: string;
  next?: string | null;
  /** Further fields: a reason, a password. */
  children?: ReactNode;
}) {
  return (
    <Dialog
      {...{ trigger, look, title, description }}
      startsOpen={flash !== null}
    >
      <PostForm {...{ action, flash, remedies, done, next }} label={confirm}>
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        <div className="flex flex-wrap justify-end gap-2">
          <Keep>{keep}</Keep>
          <SubmitButton look="danger">{confirm}</SubmitButton>
        </div>
      </PostForm>
    </Dialog>
  );
}

/** Nothing to close, no button: without JavaScript the part folds up by the button that opened it. */
function Keep({ children }: { children: string }) {
  const close = use(CloseContext);
  if (!close) return null;
  return (
    <Button type="button" onClick={close}>
      {children}
    </Button>
  );
}
