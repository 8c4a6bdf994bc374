import { PlainLink } from "@/app/_components/ui/text-link";

export function Contents({
  metrics,
}: {
  metrics: readonly { key: string; title: string }[];
}) {
  return (
    <nav aria-label="Metrics">
      <ul className="flex flex-wrap gap-x-4 gap-y-2">
        {metrics.map(({ key, title }) => (
          <li key={key}>
            <PlainLink href={`#${key}`}>{title}</PlainLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
