"use client";

import type { ComponentProps } from "react";
import { controlClass, FieldFrame, type FieldProps } from "./field-frame";

type Props = Omit<ComponentProps<"input">, keyof FieldProps> & FieldProps;

/** A labelled input with its hint and its error, tied together for those who hear the page. */
export function Field({ label, name, id, hint, error, ...input }: Props) {
  const frame = { label, name, id, hint, error, type: input.type };
  return (
    <FieldFrame {...frame}>
      {(attributes) => (
        <input {...input} {...attributes} className={controlClass} />
      )}
    </FieldFrame>
  );
}
