import { Notice } from "./notice";
import { brand } from "@/lib/catalog/brand";
import { Button } from "./ui/button";

/** What happened, what to do, and the number to name to support. */
export function Failure({
  digest,
  retry,
}: {
  digest: string | undefined;
  retry: () => void;
}) {
  return (
    <Notice title="This page could not be shown">
      <p className="max-w-prose">
        Something failed on our side while showing it. What you did before is
        kept, and trying again charges nothing. If it stays, write to{" "}
        <a href={`mailto:${brand.supportEmail}`} className="underline">
          {brand.supportEmail}
        </a>
        .
      </p>
      <Button type="button" look="primary" onClick={retry}>
        Try again
      </Button>
      {digest && (
        <p className="text-sm text-ink-soft">
          Request id: <span className="font-mono">{digest}</span>
        </p>
      )}
    </Notice>
  );
}
