import { WishFields } from "@/app/t/[tenant]/billing/_components/wish-fields";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { PlainLink } from "@/app/_components/ui/text-link";
import type { ChangePage } from "@/lib/billing/change-page";
import type { ChangeQuote } from "@/lib/billing/change-quote";
import { ChargeLines } from "@/app/t/[tenant]/billing/_components/charge-lines";
import { changeWords } from "./change-words";

/** What it costs today and next, to the cent; what is lost, when; and the one button. */
export function ConfirmChange({
  page: { subscriptionId, quote, loses, exceeds },
  tenantId,
  billing,
  flash,
}: {
  page: ChangePage & { quote: ChangeQuote };
  tenantId: string;
  billing: string;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const { to, token, prorationDate, lines } = quote;
  const words = changeWords(quote);
  return (
    <>
      <div className="grid gap-2">
        <p className="text-lg font-medium tabular-nums">{words.charge}</p>
        {words.credit && <p className="text-ink-soft">{words.credit}</p>}
        {loses.length > 0 && (
          <p>
            {words.from} {to.productName} does not include: {loses.join(", ")}.
          </p>
        )}
        {exceeds.map(({ name, used, allowed }) => (
          <p key={name}>
            You have {used} {name}, and {to.productName} allows {allowed}. What
            there is stays; nothing can be added.
          </p>
        ))}
        {words.undo && <p className="text-ink-soft">{words.undo}</p>}
      </div>
      {lines.length > 0 && <ChargeLines lines={lines} total={quote.due} />}
      <PostForm
        action={`/api/subscriptions/${subscriptionId}/change`}
        label={words.button}
        flash={flash}
        refreshOn={["preview_stale"]}
        remedies={{
          change_waiting: { label: "Back to billing", href: billing },
          plan_ending: { label: "Back to billing", href: billing },
        }}
      >
        <WishFields tenantId={tenantId} />
        <input type="hidden" name="priceId" value={to.lookupKey} />
        <input type="hidden" name="quote" value={token} />
        <input type="hidden" name="prorationDate" value={prorationDate ?? ""} />
        <div className="flex">
          <SubmitButton look="primary">{words.button}</SubmitButton>
        </div>
      </PostForm>
      <p>
        <PlainLink href={`${billing}/change?subscription=${subscriptionId}`}>
          Choose another plan
        </PlainLink>
      </p>
    </>
  );
}
