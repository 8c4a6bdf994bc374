import { Badge } from "@/app/_components/ui/badge";
import type { Tone } from "@/app/_components/ui/tone";
import type { EventLine } from "@/lib/admin/events";

export const eventStates: Readonly<
  Record<EventLine["state"], { tone: Tone; word: string }>
> = {
  pending: { tone: "warning", word: "Waiting" },
  processing: { tone: "warning", word: "In work" },
  done: { tone: "good", word: "Done" },
  ignored: { tone: "neutral", word: "Ignored" },
  dead: { tone: "danger", word: "Dead" },
};

export function EventState({ state }: { state: EventLine["state"] }) {
  const { tone, word } = eventStates[state];
  return <Badge tone={tone}>{word}</Badge>;
}
