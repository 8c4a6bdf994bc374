"use client";

import { ChevronDown } from "lucide-react";
import type { ComponentProps } from "react";
import { controlClass, FieldFrame, type FieldProps } from "./field-frame";

type Option = { value: string; label: string };
type Props = Omit<ComponentProps<"select">, keyof FieldProps | "children"> &
  FieldProps & { options: readonly Option[] };

/** The browser's own list, which every phone and screen reader knows. */
export function Select({
  label,
  name,
  id,
  hint,
  error,
  options,
  ...select
}: Props) {
  return (
    <FieldFrame {...{ label, name, id, hint, error }}>
      {(attributes) => (
        <div className="relative">
          <select
            {...select}
            {...attributes}
            className={`${controlClass} appearance-none pr-9`}
          >
            {options.map((option) => (
              <option key={option.value} value={option.value}>
                {option.label}
              </option>
            ))}
          </select>
          <ChevronDown
            className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-ink-soft"
            aria-hidden="true"
          />
        </div>
      )}
    </FieldFrame>
  );
}
