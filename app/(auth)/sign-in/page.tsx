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
import { OtherWay } from "../_components/other-way";

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage(props: PageProps<"/sign-in">) {
  const next = oneParam((await props.searchParams)["next"]);
  if (await getUser()) redirect(toSignedIn(next));
  const flash = await getFlash();
  const price = chosenPrice(next);
  return (
    <>
      <PageHeader title="Sign in" />
      {price && <ChosenPrice price={price} />}
      <PostForm action="/api/sign-in" label="Sign in" flash={flash}>
        {next && <input type="hidden" name="next" value={next} />}
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
          autoComplete="current-password"
          required
          maxLength={128}
        />
        <SubmitButton look="primary">Sign in</SubmitButton>
      </PostForm>
      <OtherWay question="New here?" to="sign-up" next={next} />
    </>
  );
}
