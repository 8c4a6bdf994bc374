import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { Field } from "@/app/_components/ui/field";
import { PageHeader } from "@/app/_components/ui/page-header";
import { getUser } from "@/lib/auth/session";
import { toSignedIn } from "../_components/to-signed-in";
import { ChosenPrice, chosenPrice } from "../_components/chosen-price";
import { Providers } from "../_components/providers";
import { OtherWay } from "../_components/other-way";

export const metadata: Metadata = { title: "Create an account" };

export default async function SignUpPage(props: PageProps<"/sign-up">) {
  const next = oneParam((await props.searchParams)["next"]);
  if (await getUser()) redirect(toSignedIn(next));
  const flash = await getFlash();
  const price = chosenPrice(next);
  return (
    <>
      <PageHeader title="Create an account">
        {price
          ? "You get a workspace of your own."
          : "You get a workspace of your own, on the Free plan."}
      </PageHeader>
      {price && <ChosenPrice price={price} />}
      <PostForm
        action="/api/sign-up"
        label="Create an account"
        flash={flash}
        remedies={{ email_taken: { label: "Sign in", href: "/sign-in" } }}
      >
        {next && <input type="hidden" name="next" value={next} />}
        <Field
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={flash?.values["name"]}
        />
        <Field
          label="Email"
          name="email"
          type="email"
          autoComplete="email"
          required
          maxLength={254}
          defaultValue={flash?.values["email"]}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint="At least 8 characters."
        />
        <SubmitButton look="primary">Create account</SubmitButton>
      </PostForm>
      <Providers next={next} />
      <OtherWay question="Already have an account?" to="sign-in" next={next} />
    </>
  );
}
