import { ButtonLink } from "@/app/_components/ui/button-link";

/** The same for an id that does not exist, is malformed or is somebody else's. */
export function NothingHere() {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        No purchase to show here
      </h1>
      <p className="max-w-prose text-ink-soft">
        This address belongs to no purchase of yours. What you have bought
        stands under Billing in your workspace.
      </p>
      <ButtonLink href="/t" look="primary" className="mt-4">
        Go to your workspace
      </ButtonLink>
    </>
  );
}
