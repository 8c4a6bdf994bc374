import type Stripe from "stripe";
import { idOf, recurringPrice, type Bench } from "./support";

export const HOUR = 3600;
export const DAY = 86_400;

/** A customer whose card on file pays for what comes. */
export async function customerWithCard(
  { stripe }: Bench,
  card = "pm_card_visa",
): Promise<string> {
  const { id } = await stripe.customers.create({ email: "ada@example.com" });
  await replaceCard(stripe, id, card);
  return id;
}

/** Saves a card and makes it the one that pays. */
export async function replaceCard(
  stripe: Stripe,
  customer: string,
  card: string,
): Promise<string> {
  const method = await stripe.paymentMethods.attach(card, { customer });
  await stripe.customers.update(customer, {
    invoice_settings: { default_payment_method: method.id },
  });
  return method.id;
}

/** Moves the emulator's clock to a moment in its future. */
export async function moveTo(bench: Bench, moment: number): Promise<void> {
  const { clock } = await bench.state();
  await bench.advance(moment - clock.now);
}

/** Moves the clock to the first moment like this one, so that figures do not depend on today. */
export async function beginOn(bench: Bench, iso: string): Promise<number> {
  const moment = Date.parse(iso) / 1000;
  await moveTo(bench, moment);
  return moment;
}

export async function subscribe(
  bench: Bench,
  given: Partial<Stripe.SubscriptionCreateParams> & { card?: string } = {},
): Promise<Stripe.Subscription> {
  const { card, ...params } = given;
  const customer = params.customer ?? (await customerWithCard(bench, card));
  const items = params.items ?? [{ price: (await recurringPrice(bench)).id }];
  return bench.stripe.subscriptions.create({ ...params, customer, items });
}

export function itemOf(subscription: Stripe.Subscription) {
  const [item] = subscription.items.data;
  if (!item) throw new Error("the subscription has no item");
  return item;
}

export async function latestInvoice(
  { stripe }: Bench,
  subscription: string,
): Promise<Stripe.Invoice> {
  const { latest_invoice } = await stripe.subscriptions.retrieve(subscription);
  return stripe.invoices.retrieve(idOf(latest_invoice), {
    expand: ["payments", "confirmation_secret"],
  });
}

/** Types of the events since the last call, oldest first. */
export function eventsSince({ stripe }: Bench): () => Promise<string[]> {
  const seen = new Set<string>();
  return async () => {
    const fresh: string[] = [];
    for await (const event of stripe.events.list({ limit: 100 })) {
      if (seen.has(event.id)) break;
      fresh.push(`${event.type} ${event.id}`);
    }
    return fresh.reverse().map((line) => {
      const [type = "", id = ""] = line.split(" ");
      seen.add(id);
      return type;
    });
  };
}

/** An open invoice over these amounts, for a customer whose card would pay. */
export async function openInvoice(
  { stripe }: Bench,
  customer: string,
  amounts: number[],
  given: Stripe.InvoiceCreateParams = {},
): Promise<Stripe.Invoice & { id: string }> {
  const draft = await stripe.invoices.create({ customer, ...given });
  for (const [at, amount] of amounts.entries())
    await stripe.invoiceItems.create({
      customer,
      invoice: draft.id,
      amount,
      currency: "usd",
      description: `Item ${at + 1}`,
    });
  return stripe.invoices.finalizeInvoice(draft.id);
}
