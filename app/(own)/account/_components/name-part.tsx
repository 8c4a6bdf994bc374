import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/section";
import { doneWords } from "./done-words";

const action = "/api/account/name";

export function NamePart({
  name,
  flash,
}: {
  name: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const typed = flash?.action === action ? flash.values["name"] : undefined;
  return (
    <Section id="name" title="Name">
      <PostForm
        action={action}
        label="Change your name"
        flash={flash}
        done={doneWords.name}
        className="grid max-w-100 justify-items-start gap-3 *:w-full"
      >
        <Field
          key={name}
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={typed ?? name}
        />
        <SubmitButton className="w-auto!">Save name</SubmitButton>
      </PostForm>
    </Section>
  );
}
