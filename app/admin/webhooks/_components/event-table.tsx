import { CopyId } from "@/app/_components/ui/copy-id";
import { DataTable } from "@/app/_components/ui/data-table";
import { Moment } from "@/app/_components/ui/moment";
import { TextLink } from "@/app/_components/ui/text-link";
import type { EventLine } from "@/lib/admin/events";
import { EventState } from "./event-state";

const columns = [
  { label: "Type" },
  { label: "Object" },
  { label: "Received" },
  { label: "State" },
  { label: "Attempts", align: "end" },
] as const;

export function EventTable({ events }: { events: readonly EventLine[] }) {
  return (
    <DataTable
      caption="Webhook events"
      columns={columns}
      rows={events.map((event) => ({
        key: event.id,
        cells: [
          <TextLink key="type" href={`/admin/webhooks/${event.id}`}>
            {event.type}
          </TextLink>,
          event.objectId ? <CopyId key="object" id={event.objectId} /> : "None",
          <Moment key="received" date={event.receivedAt} />,
          <span key="state">
            <EventState state={event.state} />{" "}
            <span className="text-ink-soft wrap-anywhere">{event.note}</span>
          </span>,
          event.attempts,
        ],
      }))}
    />
  );
}
