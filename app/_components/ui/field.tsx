import type { ComponentProps } from "react";

type Props = Omit<ComponentProps<"input">, "id" | "name"> & {
  label: string;
  name: string;
  hint?: string;
  error?: string | null;
};

/** A labelled input with its hint and its error, tied together for those who hear the page. */
export function Field({ label, name, hint, error, ...input }: Props) {
  const id = `field-${name}`;
  const hintId = hint ? `${id}-hint` : "";
  const errorId = error ? `${id}-error` : "";
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        name={name}
        aria-describedby={`${hintId} ${errorId}`.trim() || undefined}
        aria-invalid={error ? true : undefined}
        className="min-h-10 w-full rounded-lg border border-line-strong bg-canvas px-3 text-base focus-visible:outline-offset-0 aria-invalid:border-danger sm:text-sm"
      />
      {hint && (
        <p id={hintId} className="text-sm text-ink-soft">
          {hint}
        </p>
      )}
      {error && (
        <p id={errorId} className="text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}
