import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { DoneBanner } from "@/app/_components/done-banner";
import { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { oneParam } from "@/app/_components/search-param";
import { SubmitButton } from "@/app/_components/submit-button";
import { Banner } from "@/app/_components/ui/banner";
import { Field } from "@/app/_components/ui/field";
import { PageHeader } from "@/app/_components/ui/page-header";
import { TextLink } from "@/app/_components/ui/text-link";
import { getUser } from "@/lib/auth/session";
import { toSignedIn } from "../_components/to-signed-in";
import { ChosenPrice, chosenPrice } from "../_components/chosen-price";
import { Providers } from "../_components/providers";
import { OtherWay } from "../_components/other-way";

const doneWords = {
  reset: "Your new password is set. Sign in with it.",
};

export const metadata: Metadata = { title: "Sign in" };

export default async function SignInPage(props: PageProps<"/sign-in">) {
  const params = await props.searchParams;
  const next = oneParam(params["next"]);
  if (await getUser()) redirect(toSignedIn(next));
  const flash = await getFlash();
  const price = chosenPrice(next);
  return (
    <>
      <PageHeader title="Sign in" />
      {price && <ChosenPrice price={price} />}
      <DoneBanner code={oneParam(params["done"])} words={doneWords} />
      {oneParam(params["failed"]) && (
        <Banner tone="danger" title="Signing in did not work">
          <p>
            Nothing was changed. If this address has an account here, sign in
            with its password and confirm the address first.
          </p>
        </Banner>
      )}
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
      <p className="text-sm">
        <TextLink href="/forgot">Forgot your password?</TextLink>
      </p>
      <Providers next={next} />
      <OtherWay question="New here?" to="sign-up" next={next} />
    </>
  );
}
