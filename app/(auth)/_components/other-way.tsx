import { TextLink } from "@/app/_components/ui/text-link";

/** The way from one of the two forms to the other, without forgetting what one came for. */
export function OtherWay({
  question,
  to,
  next,
}: {
  question: string;
  to: "sign-in" | "sign-up";
  next: string | null;
}) {
  const query = next ? (`?next=${encodeURIComponent(next)}` as const) : "";
  return (
    <p className="text-sm text-ink-soft">
      {question}{" "}
      <span className="text-ink">
        {to === "sign-in" ? (
          <TextLink href={`/sign-in${query}`}>Sign in</TextLink>
        ) : (
          <TextLink href={`/sign-up${query}`}>Create an account</TextLink>
        )}
      </span>
    </p>
  );
}
