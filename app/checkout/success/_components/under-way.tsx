import { ButtonLink } from "@/app/_components/ui/button-link";

/** A bank that takes days to answer: said to be waited for, so that nobody pays twice. */
export function UnderWay({ slug }: { slug: string }) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        Your payment is under way
      </h1>
      <p className="max-w-prose text-ink-soft">
        Your bank may take a few days to send it. What you bought is handed over
        once the money is here. There is no need to pay again.
      </p>
      <ButtonLink
        href={`/t/${slug}/billing#once`}
        look="primary"
        className="mt-4"
      >
        See your purchases
      </ButtonLink>
    </>
  );
}
