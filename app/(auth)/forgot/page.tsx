import type { Metadata } from "next";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";

export const metadata: Metadata = { title: "Choose a new password" };

export default async function ForgotPage(props: PageProps<"/forgot">) {
  if (oneParam((await props.searchParams)["done"])) return <Mailed />;
  const flash = await getFlash();
  return (
    <>
      <PageHeader title="Choose a new password">
        We mail you a link that lets you choose one.
      </PageHeader>
      <PostForm
        action="/api/password/forgot"
        label="Choose a new password"
        flash={flash}
      >
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={flash?.values["email"]}
        />
        <SubmitButton look="primary">Mail me a link</SubmitButton>
      </PostForm>
      <p className="text-sm">
        <TextLink href="/sign-in">Back to sign in</TextLink>
      </p>
    </>
  );
}

/** The same whether the address is known or not. */
function Mailed() {
  return (
    <>
      <PageHeader title="Look in your inbox">
        If there is an account with that address, a mail is on its way. Its link
        works once, for one hour.
      </PageHeader>
      <p className="text-sm text-ink-soft">
        Nothing there?{" "}
        <span className="text-ink">
          <TextLink href="/forgot">Try again</TextLink>
        </span>
        , and look among the unwanted mails.
      </p>
    </>
  );
}
