import { Check } from "lucide-react";

const parts = [
  {
    title: "Payments",
    lines: [
      "Subscriptions and one-time purchases, by hosted checkout",
      "A customer portal for cards, plan changes and cancelling",
      "Fifty clicks at once are one checkout",
      "An open checkout is found again, and expires when it says",
    ],
  },
  {
    title: "Facts",
    lines: [
      "Every webhook is stored before it is answered",
      "A late, doubled or lost event ends in the same rows",
      "What failed comes back by itself; what is dead is shown",
      "Each change of a subscription is kept, with its cause",
    ],
  },
  {
    title: "Workspaces",
    lines: [
      "Kept apart by the database itself, row by row",
      "Five roles, with what each may do in one table",
      "Limits and features of a plan, computed when asked",
      "A log of who did what that nobody can rewrite",
    ],
  },
] as const;

export function Included() {
  return (
    <section aria-labelledby="included-title" className="border-t py-12">
      <h2 id="included-title" className="text-2xl font-semibold tracking-tight">
        What is in it
      </h2>
      <div className="mt-6 grid gap-8 md:grid-cols-3">
        {parts.map(({ title, lines }) => (
          <div key={title}>
            <h3 className="font-semibold">{title}</h3>
            <ul className="mt-3 grid gap-2.5 text-sm">
              {lines.map((line) => (
                <li key={line} className="flex gap-2.5">
                  <Check
                    className="mt-0.5 size-4 shrink-0 text-ink-soft"
                    aria-hidden="true"
                  />
                  {line}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </section>
  );
}
