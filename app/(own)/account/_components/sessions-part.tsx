import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { Moment } from "@/app/_components/ui/moment";
import { Section } from "@/app/_components/ui/section";
import type { SessionOfVisitor } from "@/lib/auth/sessions";
import { doneWords } from "./done-words";

export function SessionsPart({
  sessions,
}: {
  sessions: readonly SessionOfVisitor[];
}) {
  return (
    <Section
      id="sessions"
      title="Sessions"
      description="Where you are signed in. End what you do not know, and change your password."
    >
      <ul className="divide-y">
        {sessions.map((session) => (
          <Session key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 && (
        <PostForm
          action="/api/account/sessions/revoke-others"
          label="End every other session"
          done={doneWords.sessions}
          className="mt-4"
        >
          <SubmitButton>End every other session</SubmitButton>
        </PostForm>
      )}
    </Section>
  );
}

function Session({ session }: { session: SessionOfVisitor }) {
  const { id, device, address, since, isCurrent } = session;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0">
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {device}
          {isCurrent && <Badge tone="neutral">This session</Badge>}
        </p>
        <p className="text-ink-soft">
          {address && <span className="wrap-anywhere">{address}, </span>}
          since <Moment date={since} />
        </p>
      </div>
      {!isCurrent && (
        <PostForm
          action="/api/account/sessions/revoke"
          label={`End the session of ${device}`}
          done={doneWords.session}
        >
          <input type="hidden" name="sessionId" value={id} />
          <SubmitButton>End session</SubmitButton>
        </PostForm>
      )}
    </li>
  );
}
