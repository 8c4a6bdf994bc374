import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { FormAlert } from "@/app/_components/form-alert";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { CopyId } from "@/app/_components/ui/copy-id";
import { Moment } from "@/app/_components/ui/moment";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { getEvent } from "@/lib/admin/events";
import { requireStaff } from "@/lib/auth/session";
import { AdminPage } from "../../_components/admin-page";
import { EventState } from "../_components/event-state";
import { Timeline } from "./_components/timeline";

export const metadata: Metadata = { title: "Webhook event" };

export default async function EventPage(
  props: PageProps<"/admin/webhooks/[id]">,
) {
  await requireStaff();
  const { id } = await props.params;
  const event = await getEvent(id);
  if (!event) notFound();
  const flash = await getFlash();
  return (
    <AdminPage>
      <PageHeader title={event.type} />
      {flash && <FormAlert problem={flash} />}
      <div className="flex flex-wrap items-center gap-x-6 gap-y-3">
        <EventState state={event.state} />
        <CopyId id={event.id} />
        {event.objectId && <CopyId id={event.objectId} />}
        {event.note && <span className="wrap-anywhere">{event.note}</span>}
        <PostForm
          action={`/api/admin/webhooks/${event.id}/replay`}
          label="Replay this event"
          done="Replayed"
        >
          <SubmitButton look="primary">Replay</SubmitButton>
        </PostForm>
      </div>
      <Section id="history" title="What became of it">
        <Timeline event={event} />
      </Section>
      <Section
        id="payload"
        title="Payload"
        description="Ids, amounts and Stripe’s own words; what is about people is hidden."
      >
        <pre className="rounded-lg border bg-surface p-3 font-mono text-xs whitespace-pre-wrap wrap-anywhere">
          {event.payload}
        </pre>
      </Section>
      <p className="text-ink-soft">
        API version {event.apiVersion ?? "unknown"}, secret{" "}
        {event.secretIndex < 0
          ? "none: read from Stripe’s list"
          : event.secretIndex + 1}
        {event.createdAt && (
          <>
            , made at Stripe <Moment date={event.createdAt} />
          </>
        )}
      </p>
    </AdminPage>
  );
}
