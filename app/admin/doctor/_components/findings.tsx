import { Badge } from "@/app/_components/ui/badge";
import { Commands } from "@/app/_components/ui/commands";
import type { Tone } from "@/app/_components/ui/tone";
import type { Examined } from "@/lib/doctor/examine";

const words = {
  good: ["good", "Right"],
  wrong: ["danger", "Wrong"],
  unseen: ["neutral", "Not looked at"],
} as const satisfies Record<Examined["state"], readonly [Tone, string]>;

/** One line for each check, in the order in which they are to be mended. */
export function Findings({ examined }: { examined: readonly Examined[] }) {
  return (
    <ol aria-label="What was looked at">
      {examined.map(({ name, state, found, fix }) => {
        const [tone, word] = words[state];
        return (
          <li
            key={name}
            className="grid gap-x-6 gap-y-1 border-b py-3 last:border-b-0 md:grid-cols-[10rem_8rem_1fr]"
          >
            <span className="font-medium">{name}</span>
            <span>
              <Badge tone={tone}>{word}</Badge>
            </span>
            <div className="min-w-0">
              <p className="text-ink-soft wrap-anywhere">{found}</p>
              {fix.length > 0 && <Commands lines={fix} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
