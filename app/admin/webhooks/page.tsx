import type { Metadata } from "next";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Pager } from "@/app/_components/ui/pager";
import { Section } from "@/app/_components/ui/section";
import { eventFilter, listEvents } from "@/lib/admin/events";
import { getWebhookHealth } from "@/lib/admin/webhook-health";
import { requireStaff } from "@/lib/auth/session";
import { getWebhookHours } from "@/lib/webhooks/hours";
import { AdminPage } from "../_components/admin-page";
import { EventFilter } from "./_components/event-filter";
import { EventTable } from "./_components/event-table";
import { Health } from "./_components/health";
import { HoursChart } from "./_components/hours-chart";
import { HoursTable } from "./_components/hours-table";

export const metadata: Metadata = { title: "Webhooks" };

export default async function WebhooksPage(
  props: PageProps<"/admin/webhooks">,
) {
  await requireStaff();
  const filter = eventFilter.parse(await props.searchParams);
  const [health, hours, { events, older }] = await Promise.all([
    getWebhookHealth(),
    getWebhookHours(24),
    listEvents(filter),
  ]);
  const query = new URLSearchParams(
    Object.entries({ ...filter, before: older ?? undefined }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    ),
  );
  return (
    <AdminPage>
      <PageHeader title="Webhooks">
        What Stripe told us, what became of it, and what waits.
      </PageHeader>
      <Health health={health} />
      <Section id="hours" title="The last 24 hours">
        <HoursChart hours={hours} />
        <details className="mt-4">
          <summary>As a table</summary>
          <HoursTable hours={hours} />
        </details>
      </Section>
      <Section id="events" title="Events">
        <EventFilter filter={filter} />
        {events.length > 0 ? (
          <EventTable events={events} />
        ) : (
          <EmptyState title="No event">
            None matches. Events appear here as soon as Stripe has sent them.
          </EmptyState>
        )}
        <Pager
          label="Events"
          newer={filter.before ? "/admin/webhooks" : null}
          older={older ? `/admin/webhooks?${query.toString()}#events` : null}
        />
      </Section>
    </AdminPage>
  );
}
