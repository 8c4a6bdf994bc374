import { Section } from "@/app/_components/ui/section";

const colours = [
  { name: "canvas", look: "bg-canvas" },
  { name: "surface", look: "bg-surface" },
  { name: "line", look: "bg-line" },
  { name: "line-strong", look: "bg-line-strong" },
  { name: "ink-soft", look: "bg-ink-soft" },
  { name: "ink", look: "bg-ink" },
  { name: "accent", look: "bg-accent" },
  { name: "good", look: "bg-good" },
  { name: "warning", look: "bg-warning" },
  { name: "danger", look: "bg-danger" },
] as const;

export function Colours() {
  return (
    <Section
      id="colours"
      title="Colours"
      description="Greys, one amber for the one primary action of a screen, four for a status."
    >
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-5">
        {colours.map(({ name, look }) => (
          <li key={name}>
            <div className={`h-12 rounded-lg border ${look}`} />
            <p className="mt-1 font-mono text-xs">{name}</p>
          </li>
        ))}
      </ul>
    </Section>
  );
}
