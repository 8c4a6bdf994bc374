import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Day } from "@/app/_components/ui/day";
import { Money } from "@/app/_components/ui/money";
import { Moment } from "@/app/_components/ui/moment";
import type { Tone } from "@/app/_components/ui/tone";
import type { DisputeView } from "@/lib/billing/payment-view";

const states: Record<DisputeView["state"], { tone: Tone; word: string }> = {
  inquiry: { tone: "warning", word: "The bank asks" },
  open: { tone: "danger", word: "The bank has the money" },
  lost: { tone: "danger", word: "Lost" },
  over: { tone: "good", word: "The money is here" },
};

/** What each is about, how it stands, and until when it can be answered. */
export function Disputes({ disputes }: { disputes: readonly DisputeView[] }) {
  return (
    <ul aria-label="Disputes" className="divide-y">
      {disputes.map((dispute) => {
        const { id, state, status, reason, amount, at } = dispute;
        const { tone, word } = states[state];
        return (
          <li key={id} className="grid gap-1 py-3 first:pt-0">
            <p className="flex flex-wrap items-center gap-2 font-medium">
              <Money value={amount} />
              <Badge tone={tone}>{word}</Badge>
            </p>
            <p className="text-ink-soft">
              {plain(reason)}, {plain(status)}, since <Day date={at} />{" "}
              <CopyId id={id} />
            </p>
            <Due dispute={dispute} />
          </li>
        );
      })}
    </ul>
  );
}

function Due({ dispute: { state, evidenceDueBy } }: { dispute: DisputeView }) {
  if (!evidenceDueBy || (state !== "open" && state !== "inquiry")) return null;
  return (
    <p>
      Send evidence in Stripe’s Dashboard before <Moment date={evidenceDueBy} />
      , or it is lost.
    </p>
  );
}

function plain(code: string): string {
  return code.replaceAll("_", " ");
}
