import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/section";
import { doneWords } from "./done-words";

export function PasswordPart({
  flash,
}: {
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  return (
    <Section id="password" title="Password">
      <PostForm
        action="/api/account/password"
        label="Change your password"
        flash={flash}
        done={doneWords.password}
        className="grid max-w-100 justify-items-start gap-3 *:w-full"
      >
        <Field
          label="Current password"
          name="password"
          id="current-password"
          type="password"
          autoComplete="current-password"
          required
          maxLength={128}
        />
        <Field
          label="New password"
          name="newPassword"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint="At least 8 characters. Every other session ends."
        />
        <SubmitButton className="w-auto!">Change password</SubmitButton>
      </PostForm>
    </Section>
  );
}
