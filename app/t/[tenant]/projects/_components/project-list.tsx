import { Day } from "@/app/_components/ui/day";

export function ProjectList({
  projects,
  total,
  mayCreate,
}: {
  projects: readonly { id: string; name: string; createdAt: Date }[];
  total: number;
  mayCreate: boolean;
}) {
  if (projects.length === 0) {
    return (
      <p className="text-ink-soft">
        {mayCreate
          ? "No project yet. Name your first one above: it counts against your plan’s limit, and reports show when it began."
          : "No project yet. Your role sees projects; an owner, an admin or a member creates them."}
      </p>
    );
  }
  return (
    <>
      <ul className="divide-y">
        {projects.map(({ id, name, createdAt }) => (
          <li
            key={id}
            className="flex flex-wrap justify-between gap-x-4 py-2.5 first:pt-0"
          >
            <span className="min-w-0 font-medium wrap-anywhere">{name}</span>
            <span className="text-ink-soft">
              <Day date={createdAt} />
            </span>
          </li>
        ))}
      </ul>
      {total > projects.length && (
        <p className="mt-3 text-ink-soft">
          The newest {projects.length} of {total}.
        </p>
      )}
    </>
  );
}
