import { CircleAlert } from "lucide-react";
import { PlainLink } from "./ui/text-link";

export type Problem = {
  code: string;
  message: string;
  requestId: string | null;
  /** The fields at fault. Code null: the message itself is about that field. */
  fields?: readonly { name: string; code: string | null }[];
};

/** Where a person can put an error right, by its code. */
export type Remedies = Readonly<
  Record<string, { label: string; href: string } | undefined>
>;

export function FormAlert({
  problem,
  remedies,
  id,
}: {
  problem: Problem;
  remedies?: Remedies | undefined;
  id?: string;
}) {
  const remedy = remedies?.[problem.code];
  return (
    <div
      id={id}
      role="alert"
      className="flex gap-3 rounded-lg bg-danger-surface p-3 text-sm"
    >
      <CircleAlert
        className="mt-0.5 size-4 shrink-0 text-danger"
        aria-hidden="true"
      />
      <div>
        <p>
          {problem.message}{" "}
          {remedy && <PlainLink href={remedy.href}>{remedy.label}</PlainLink>}
        </p>
        {problem.requestId && (
          <p className="mt-1 text-xs text-ink-soft">
            Request id:{" "}
            <span className="font-mono break-all">{problem.requestId}</span>
          </p>
        )}
      </div>
    </div>
  );
}
