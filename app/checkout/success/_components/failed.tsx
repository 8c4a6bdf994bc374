import { ButtonLink } from "@/app/_components/ui/button-link";

export function Failed({ slug }: { slug: string }) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        The payment did not arrive
      </h1>
      <p className="text-ink-soft">
        Your bank refused it, and nothing was handed over. Choose again and pay
        another way.
      </p>
      <ButtonLink
        href={`/t/${slug}/billing#once`}
        look="primary"
        className="mt-4"
      >
        Choose again
      </ButtonLink>
    </>
  );
}
