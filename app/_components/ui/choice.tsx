import type { ComponentProps, ReactNode } from "react";

type Props = Omit<ComponentProps<"input">, "type"> & {
  label: ReactNode;
  hint?: ReactNode;
};

/** A box to tick. */
export function Checkbox(props: Props) {
  return <Choice type="checkbox" {...props} />;
}

/** One of several of the same name; put them into a RadioGroup. */
export function Radio(props: Props) {
  return <Choice type="radio" {...props} />;
}

export function RadioGroup({
  legend,
  children,
}: {
  legend: string;
  children: ReactNode;
}) {
  return (
    <fieldset className="grid gap-1">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {children}
    </fieldset>
  );
}

function Choice({
  type,
  label,
  hint,
  ...input
}: Props & { type: "checkbox" | "radio" }) {
  return (
    <label className="flex min-h-10 items-start gap-3 py-2 text-sm has-disabled:text-ink-soft">
      <input
        {...input}
        type={type}
        className="mt-0.5 size-4 shrink-0 accent-ink"
      />
      <span>
        {label}
        {hint && <span className="block text-ink-soft">{hint}</span>}
      </span>
    </label>
  );
}
