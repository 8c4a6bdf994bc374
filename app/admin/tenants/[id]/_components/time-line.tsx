import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Moment } from "@/app/_components/ui/moment";
import { TextLink } from "@/app/_components/ui/text-link";
import { eventStates } from "@/app/admin/webhooks/_components/event-state";
import type { TimelineRow } from "@/lib/admin/timeline";

const kinds: Record<TimelineRow["kind"], string> = {
  event: "Event",
  sync: "Stored",
  payment: "Money",
  mail: "Mail",
  effect: "To do",
  act: "Person",
};

/** How something ended, where that is worth a look. */
const { done: _, ...unusual } = eventStates;
const states = new Map(Object.entries(unusual));

/** One column, newest first; each row says what happened and because of what. */
export function TimeLine({
  tenantId,
  rows,
}: {
  tenantId: string;
  rows: readonly TimelineRow[];
}) {
  return (
    <ol aria-label="Time line" className="divide-y">
      {rows.map((row) => (
        <li
          key={`${row.kind} ${row.id}`}
          className="grid items-baseline gap-x-6 gap-y-1 py-2 sm:grid-cols-[13rem_1fr]"
        >
          <span className="text-ink-soft">
            <Moment date={row.createdAt} />
          </span>
          <div className="grid min-w-0 gap-1">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="w-14 shrink-0 text-ink-soft">
                {kinds[row.kind]}
              </span>
              <What row={row} tenantId={tenantId} />
              <State row={row} />
            </div>
            <Cause row={row} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function What({ row, tenantId }: { row: TimelineRow; tenantId: string }) {
  const { kind, what, objectId, id } = row;
  return (
    <>
      {kind === "event" ? (
        <TextLink href={`/admin/webhooks/${id}`}>{what}</TextLink>
      ) : (
        <span className="font-medium wrap-anywhere">{what}</span>
      )}
      {objectId?.startsWith("pi_") && (
        <TextLink href={`/admin/tenants/${tenantId}/payments/${objectId}`}>
          The payment
        </TextLink>
      )}
      {objectId && <CopyId id={objectId} />}
    </>
  );
}

function State({ row: { kind, id, state, what } }: { row: TimelineRow }) {
  const found = states.get(state ?? "");
  return (
    <>
      {found && <Badge tone={found.tone}>{found.word}</Badge>}
      {kind === "event" && (
        <PostForm
          action={`/api/admin/webhooks/${id}/replay`}
          label={`Replay ${what} ${id}`}
          done="Replayed"
          className="inline-flex"
        >
          <SubmitButton look="quiet">Replay</SubmitButton>
        </PostForm>
      )}
    </>
  );
}

function Cause({ row: { cause, by, kind } }: { row: TimelineRow }) {
  if (kind === "event") return null;
  return (
    <p className="flex flex-wrap items-center gap-x-2 text-ink-soft">
      Because of{" "}
      {/^evt_\w+$/.test(cause) ? (
        <TextLink href={`/admin/webhooks/${cause}`}>{cause}</TextLink>
      ) : (
        <span className="wrap-anywhere">{cause}</span>
      )}
      {by && (
        <>
          , by <CopyId id={by} />
        </>
      )}
    </p>
  );
}
