import { Lock } from "lucide-react";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { PageHeader } from "@/app/_components/ui/page-header";

/** Says what would be here. It is given no data, so it can show none. */
export function Locked({ slug, mayBuy }: { slug: string; mayBuy: boolean }) {
  return (
    <>
      <PageHeader title="Reports" />
      <section
        aria-labelledby="locked"
        className="grid justify-items-start gap-3 border-t pt-8"
      >
        <Lock className="size-5 text-ink-soft" aria-hidden="true" />
        <h2 id="locked" className="text-lg font-semibold">
          Reports are part of Pro
        </h2>
        <p className="max-w-prose text-ink-soft">
          They show how many projects your workspace begins each week, over the
          last twelve weeks. Your projects so far are counted from the day you
          made them: nothing is lost by waiting.
        </p>
        {mayBuy ? (
          <ButtonLink
            href={`/t/${slug}/billing?price=pro_monthly#plans`}
            look="primary"
            className="mt-2"
          >
            See plans
          </ButtonLink>
        ) : (
          <p>An owner of this workspace can change the plan.</p>
        )}
      </section>
    </>
  );
}
