import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { ResendVerification } from "@/app/_components/resend-verification";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/section";
import type { Visitor } from "@/lib/auth/membership";
import { doneWords } from "./done-words";

const action = "/api/account/email";

export function EmailPart({
  user,
  flash,
}: {
  user: Visitor;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values["email"] : undefined;
  return (
    <Section id="email" title="Email address">
      <div className="grid max-w-100 gap-6">
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{user.email}</span>
          {user.emailVerified ? (
            <Badge tone="good">Confirmed</Badge>
          ) : (
            <Badge tone="warning">Not confirmed</Badge>
          )}
        </p>
        {!user.emailVerified && <ResendVerification next="/account" />}
        <PostForm
          action={action}
          label="Change your email address"
          flash={flash}
          done={doneWords.email}
          className="grid justify-items-start gap-3 *:w-full"
        >
          <Field
            label="New address"
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            defaultValue={typed}
            hint="We mail a link there. Your old address is told."
          />
          <Field
            label="Password"
            name="password"
            id="email-password"
            type="password"
            autoComplete="current-password"
            required
            maxLength={128}
          />
          <SubmitButton className="w-auto!">Change address</SubmitButton>
        </PostForm>
      </div>
    </Section>
  );
}
