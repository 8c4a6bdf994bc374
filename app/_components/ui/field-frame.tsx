"use client";

import { use, type ReactNode } from "react";
import { fieldProblem } from "../field-problem";
import { ProblemContext } from "../form-context";

/** What stands around every kind of field. */
export type FieldProps = {
  label: string;
  name: string;
  /** Where two forms of a page have a field of one name. */
  id?: string;
  hint?: ReactNode;
  /** Overrides what the form came back with. */
  error?: string | null;
};

type Attributes = {
  id: string;
  name: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

/** Label, hint and error, tied to the control for those who hear the page. */
export function FieldFrame({
  label,
  name,
  id = `field-${name}`,
  hint,
  error,
  type,
  children,
}: FieldProps & {
  type?: string | undefined;
  children: (attributes: Attributes) => ReactNode;
}) {
  const problem = use(ProblemContext);
  const wrong = error ?? fieldProblem(problem, name, type);
  const hintId = hint ? `${id}-hint` : "";
  const errorId = wrong ? `${id}-error` : "";
  return (
    <div className="grid content-start gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({
        id,
        name,
        "aria-describedby": `${errorId} ${hintId}`.trim() || undefined,
        "aria-invalid": wrong ? true : undefined,
      })}
      {wrong && (
        <p id={errorId} className="text-sm text-danger">
          {wrong}
        </p>
      )}
      {hint && (
        <p id={hintId} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
    </div>
  );
}

/** The look of everything that is typed into or chosen from. */
export const controlClass =
  "min-h-10 w-full rounded-lg border border-line-strong bg-canvas px-3 text-base focus-visible:outline-offset-0 disabled:bg-surface disabled:text-ink-soft aria-invalid:border-danger sm:text-sm";
