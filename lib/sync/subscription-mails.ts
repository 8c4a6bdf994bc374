import type { MailRequest } from "@/lib/emails/payload";
import { mayGiveAccess } from "@/lib/entitlements/resolve";
import { isNews } from "./news";
import type { toItemRow, toRow } from "./subscription-row";

type Item = Omit<ReturnType<typeof toItemRow>, "id">;
type Row = Pick<
  ReturnType<typeof toRow>,
  "customerId" | "status" | "currency" | "cancelAt" | "canceledAt" | "endedAt"
> & { items: readonly Item[] };

/** The mails that what has changed in a subscription asks for; `ticket` names this one change. */
export function subscriptionMails(
  was: Row | null,
  is: Row & { id: string; unpaid: boolean },
  ticket: bigint,
): MailRequest[] {
  return [
    ...planChangedMail(was, is, ticket),
    ...endingMail(was, is),
    ...endedMail(was, is),
  ];
}

/** What a first purchase is for, its receipt says. Nobody holds a plan that was never paid for. */
function planChangedMail(
  was: Row | null,
  is: Row & { id: string },
  ticket: bigint,
): MailRequest[] {
  if (!was || !mayGiveAccess(was.status) || !mayGiveAccess(is.status))
    return [];
  const [from, to] = [termsOf(was), termsOf(is)];
  if (JSON.stringify(from) === JSON.stringify(to)) return [];
  const [first] = is.items;
  const now = new Date();
  // Where Stripe's clock runs ahead of ours (a test clock), its period is the better witness.
  const since =
    first && first.currentPeriodStart > now ? first.currentPeriodStart : now;
  const payload = { ...about(is), from, to, since: since.toISOString() };
  return [{ kind: "mail.plan_changed", cause: `${is.id}:${ticket}`, payload }];
}

/** Flexible billing sets cancel_at alone, the older way cancel_at with cancel_at_period_end: read the date. */
function endingMail(was: Row | null, is: Row & { id: string }): MailRequest[] {
  const { cancelAt } = is;
  if (!cancelAt || !mayGiveAccess(is.status)) return [];
  if (!(is.canceledAt ? isNews(is.canceledAt) : was && !was.cancelAt))
    return [];
  const endsAt = cancelAt.toISOString();
  const payload = { ...about(is), terms: termsOf(is), endsAt };
  return [{ kind: "mail.ending", cause: `${is.id}:${endsAt}`, payload }];
}

/** Only an end that nobody was told of before: by dunning, at once, with the customer. */
function endedMail(
  was: Row | null,
  is: Row & { id: string; unpaid: boolean },
): MailRequest[] {
  if (is.status !== "canceled" || !was || !hadBegun(was.status)) return [];
  if (!is.endedAt || !isNews(is.endedAt)) return [];
  if (was.cancelAt && was.cancelAt <= is.endedAt) return [];
  const payload = {
    ...about(is),
    terms: termsOf(is),
    endedAt: is.endedAt.toISOString(),
    unpaid: is.unpaid,
  };
  return [{ kind: "mail.ended", cause: is.id, payload }];
}

function hadBegun(status: string): boolean {
  return !["incomplete", "incomplete_expired", "canceled"].includes(status);
}

function about({ id, customerId }: Row & { id: string }) {
  return { subscriptionId: id, customerId };
}

function termsOf({ currency, items }: Row) {
  const sorted = items.toSorted((a, b) => a.priceId.localeCompare(b.priceId));
  return {
    currency,
    items: sorted.map((item) => ({
      productId: item.productId,
      quantity: item.quantity ?? 1,
      unitAmount: item.unitAmount === null ? null : String(item.unitAmount),
      interval: item.interval,
      intervalCount: item.intervalCount ?? 1,
    })),
  };
}
