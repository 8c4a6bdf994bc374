"use client";

import type { ComponentProps } from "react";
import { controlClass, FieldFrame, type FieldProps } from "./field-frame";

type Props = Omit<ComponentProps<"textarea">, keyof FieldProps> & FieldProps;

export function Textarea({ label, name, id, hint, error, ...area }: Props) {
  return (
    <FieldFrame {...{ label, name, id, hint, error }}>
      {(attributes) => (
        <textarea
          rows={4}
          {...area}
          {...attributes}
          className={`${controlClass} py-2`}
        />
      )}
    </FieldFrame>
  );
}
