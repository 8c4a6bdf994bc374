import type { Metadata } from "next";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { Field } from "@/app/_components/ui/field";
import { PageHeader } from "@/app/_components/ui/page-header";

export const metadata: Metadata = {
  title: "Choose a new password",
  robots: { index: false, follow: false },
  referrer: "same-origin", // the address holds a secret
};

export default async function ResetPage(props: PageProps<"/reset">) {
  const token = oneParam((await props.searchParams)["token"]);
  if (!token) {
    return (
      <>
        <PageHeader title="This link is not complete">
          Open it from the mail again, or have a new one sent.
        </PageHeader>
        <ButtonLink href="/forgot">Mail me a new link</ButtonLink>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Choose a new password">
        You are signed out everywhere, and sign in with the new one.
      </PageHeader>
      <PostForm
        action="/api/password/reset"
        label="Choose a new password"
        flash={await getFlash()}
        remedies={{
          link_expired: { label: "Mail me a new link", href: "/forgot" },
        }}
      >
        <input type="hidden" name="token" value={token} />
        <Field
          label="New password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint="At least 8 characters."
        />
        <SubmitButton look="primary">Set password</SubmitButton>
      </PostForm>
    </>
  );
}
