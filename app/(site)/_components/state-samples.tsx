import { Banner } from "@/app/_components/ui/banner";
import { graceDays } from "@/lib/catalog/plans";

/** What customers read when something is not as it should be, in the parts that say it. */
export function StateSamples() {
  return (
    <section
      aria-labelledby="states-title"
      className="grid gap-8 border-t py-12 md:grid-cols-2"
    >
      <div>
        <h2 id="states-title" className="text-2xl font-semibold tracking-tight">
          When it goes wrong, it says so
        </h2>
        <p className="mt-3 max-w-prose text-pretty text-ink-soft">
          Cards are declined, banks ask again, people change their minds. Each
          state has its own words and the one thing to do about it. Nobody is
          left wondering whether they have paid.
        </p>
        <p className="mt-3 max-w-prose text-pretty text-ink-soft">
          And when the payment provider itself is down, only buying waits: every
          other page is read from your own database.
        </p>
      </div>
      <ul className="grid gap-3 text-sm">
        <li>
          <Banner tone="danger" title="Your last payment failed">
            <p>
              You keep Pro for {graceDays} days. Pay the open invoice or change
              the card.
            </p>
          </Banner>
        </li>
        <li>
          <Banner tone="warning" title="Pro ends on 12 March 2026">
            <p>Until then nothing changes. You can still resume it.</p>
          </Banner>
        </li>
        <li>
          <Banner tone="good" title="You are on Pro">
            <p>Paid today: $29.00. The receipt is on its way.</p>
          </Banner>
        </li>
      </ul>
    </section>
  );
}
