import { ButtonLink } from "@/app/_components/ui/button-link";

export function Paid({ sessionId }: { sessionId: string }) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        This checkout is done
      </h1>
      <p className="text-ink-soft">You need not pay again.</p>
      <ButtonLink
        href={`/checkout/success?session_id=${sessionId}`}
        look="primary"
        className="mt-4"
      >
        See what you bought
      </ButtonLink>
    </>
  );
}
