import { productName } from "@/lib/catalog/prices";
import type { Mail } from "@/lib/platform/mail";
import { formatMoney, type Money } from "@/lib/platform/money";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts, type Fact } from "./parts/facts";
import { Layout } from "./parts/layout";
import { whyBilling, type About } from "./parts/about";
import type { ReceiptLine } from "./payload";

/** `paid` is what moved; the rest of `total` came from the customer's credit. */
export function receipt(
  about: About,
  given: {
    total: Money;
    paid: bigint;
    paidAt: Date;
    number: string | null;
    lines: readonly ReceiptLine[];
    /** The invoice, or Stripe's receipt; null where there is neither. */
    url: string | null;
  },
): Mail {
  const { total, paid, paidAt, number, lines, url } = given;
  const { currency } = total;
  const money = (amount: bigint) => formatMoney({ amount, currency });
  const credit = total.amount - paid;
  const what = whatOf(lines);
  const title =
    paid > 0n
      ? `You paid ${money(paid)}`
      : `${money(credit)} came from your credit`;
  return {
    to: about.to,
    subject: what ? `${title} for ${what}` : title,
    body: (
      <Layout
        title={title}
        preview={`On ${formatDate(paidAt)}${what && `, for ${what}`}.`}
        why={whyBilling(about)}
      >
        <Facts
          facts={[
            ...lines.map((line) => lineFact(line, money)),
            lines.length > 1 ? ["Total", money(total.amount)] : null,
            credit > 0n ? ["From your credit", money(credit)] : null,
            ["Paid", money(paid)],
          ]}
        />
        <Facts
          facts={[
            ["Paid on", formatDate(paidAt)],
            number ? ["Invoice", number] : null,
            ["Workspace", about.workspace],
          ]}
        />
        <Action href={url ?? about.billingUrl}>{documentName(given)}</Action>
      </Layout>
    ),
  };
}

function lineFact(line: ReceiptLine, money: (amount: bigint) => string): Fact {
  const what =
    line.description ?? (line.productId ? productName(line.productId) : "Item");
  const period =
    line.until > line.from
      ? `, ${formatDate(line.from)} to ${formatDate(line.until)}`
      : "";
  return [`${what}${period}`, money(line.amount)];
}

function documentName({
  url,
  number,
}: {
  url: string | null;
  number: string | null;
}) {
  if (!url) return "See your billing page";
  return number ? "See the invoice" : "See the receipt";
}

/** The names of what was charged; credits for what was returned are not what one paid for. */
function whatOf(lines: readonly ReceiptLine[]): string {
  const names = lines
    .filter(({ amount, productId }) => amount > 0n && productId)
    .map(({ productId }) => productName(productId ?? ""));
  return new Intl.ListFormat("en-GB").format(new Set(names));
}
