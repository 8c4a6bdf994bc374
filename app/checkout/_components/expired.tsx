import { ButtonLink } from "@/app/_components/ui/button-link";

export function Expired({ slug }: { slug: string }) {
  return (
    <>
      <h1 className="text-3xl font-semibold tracking-tight">
        This checkout has expired
      </h1>
      <p className="text-ink-soft">
        Nothing was charged. Choose again to begin a new one.
      </p>
      <ButtonLink
        href={`/t/${slug}/billing#plans`}
        look="primary"
        className="mt-4"
      >
        Choose again
      </ButtonLink>
    </>
  );
}
