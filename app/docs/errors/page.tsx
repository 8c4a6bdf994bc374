import type { Metadata } from "next";
import { PageHeader } from "@/app/_components/ui/page-header";
import { listErrors } from "@/lib/platform/errors";

export const metadata: Metadata = {
  title: "Error codes",
  description: "Every error that a caller can meet, and what to do next.",
};
export const dynamic = "force-static";

/** The `type` of each problem leads to its line here. */
export default function ErrorsPage() {
  return (
    <>
      <PageHeader title="Error codes">
        Each error is a problem by RFC 9457. Its type leads to its line here,
        its code is what a program asks for, and its title is what a person
        reads. What names seconds may be sent again unchanged after them, with
        the same Idempotency-Key; of anything else something has to be changed
        first.
      </PageHeader>
      <dl className="mt-8">
        {listErrors().map(
          ({ anchor, code, status, kind, words, retryAfter }) => (
            <div
              key={anchor}
              id={anchor}
              className="scroll-mt-4 border-t py-4 target:bg-surface"
            >
              <dt className="flex flex-wrap items-baseline gap-x-4">
                <code className="font-mono wrap-anywhere">{anchor}</code>
                <span className="text-sm text-ink-soft tabular-nums">
                  {status} {kind}
                  {anchor !== code && `, code ${code}`}
                  {retryAfter !== null && `, again after ${retryAfter} s`}
                </span>
              </dt>
              <dd className="mt-1">{words}</dd>
            </div>
          ),
        )}
      </dl>
    </>
  );
}
