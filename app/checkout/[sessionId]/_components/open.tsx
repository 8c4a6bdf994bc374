import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { buttonClass } from "@/app/_components/ui/button";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { TextLink } from "@/app/_components/ui/text-link";
import type { CheckoutView } from "@/lib/billing/open-checkout";
import { formatTime } from "@/lib/platform/time";
import { Countdown } from "./countdown";

export function Open({
  checkout,
  slug,
}: {
  checkout: CheckoutView;
  slug: string;
}) {
  const { id, url, total, expiresAt, secondsLeft } = checkout;
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        Your checkout is open
      </h1>
      <p className="text-ink-soft">
        Nothing was charged. You can pay{total && ` ${total}`} until{" "}
        <time dateTime={expiresAt.toISOString()}>{formatTime(expiresAt)}</time>.
      </p>
      <Countdown seconds={secondsLeft} />
      <div className="mt-4 flex flex-wrap gap-3">
        {url && (
          <a href={url} className={buttonClass("primary")}>
            Continue to payment
          </a>
        )}
        {!url && (
          <ButtonLink href={`/t/${slug}/billing`} look="primary">
            Choose again to continue
          </ButtonLink>
        )}
        <PostForm
          action={`/api/checkout/${id}/expire`}
          label="Cancel this checkout"
        >
          <SubmitButton look="secondary">Cancel checkout</SubmitButton>
        </PostForm>
      </div>
      <TextLink href={`/t/${slug}/billing`}>Back to billing</TextLink>
    </>
  );
}
