import type { Context } from "../context";
import type { CheckoutSession, PaymentMethod } from "../objects";
import type { BuyerDetails, CheckoutPlan } from "../records";
import type { BankEntry } from "../resources/bank-debits";
import type { CardEntry } from "../resources/saved-cards";
import { readBank } from "./bank-form";
import { readCard } from "./card-form";
import { asksAddress, type CheckoutView } from "./checkout-view";
import { readAddress } from "./fields";

/** What the buyer's next page has to know too: the method, and that it is in a frame. */
export function kept(url: URL): string {
  const params = [...url.searchParams].filter(
    ([name]) => name === "method" || name === "framed",
  );
  return params.length > 0 ? `?${new URLSearchParams(params)}` : "";
}

/** What the form says about the buyer and the card, with what is wrong by field. */
export function readBuyer(
  ctx: Context,
  { asks, knownEmail, saved, session }: Omit<CheckoutView, "flash">,
  form: URLSearchParams,
): {
  details: BuyerDetails;
  card: CardEntry | null;
  bank: Omit<BankEntry, "email"> | null;
  kept: PaymentMethod | undefined;
  errors: Record<string, string>;
} {
  const text = (name: string) => form.get(name)?.trim() ?? "";
  const kept = saved.find(({ id }) => id === form.get("saved"));
  const card =
    asks === "card" && !kept
      ? readCard(form, new Date(ctx.clock.nowMs()))
      : null;
  const bank = asks === "bank" ? readBank(form) : null;
  const errors: Record<string, string> = { ...card?.errors, ...bank?.errors };
  const email = knownEmail ?? text("email");
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email))
    errors.email = "Enter a valid email address.";
  const billing = asksAddress(session) ? readAddress(form, "billing") : null;
  const wanted = session.shipping_address_collection;
  const shipping = wanted ? readAddress(form, "shipping") : null;
  Object.assign(errors, billing?.errors, shipping?.errors);
  const country = shipping?.address.country;
  if (country && !wanted?.allowed_countries.some((one) => one === country))
    errors.shipping_country ??= "Nothing is sent to this country.";
  const phone = session.phone_number_collection?.enabled ? text("phone") : "";
  if (session.phone_number_collection?.enabled && phone === "")
    errors.phone = "Enter the phone number.";
  const holder = kept?.billing_details.name ?? "";
  const name = text("cardName") || text("accountName") || holder;
  const to = wanted ? text("shipping_name") : "";
  if (wanted && to === "") errors.shipping_name = "Enter the recipient's name.";
  return {
    details: {
      address: billing?.address ?? null,
      email,
      name,
      phone: phone || null,
      saves: form.get("save") === "yes",
      shipping: shipping && {
        address: shipping.address,
        name: to,
        phone: phone || null,
      },
      tax_id: (session.tax_id_collection?.enabled && text("tax_id")) || null,
    },
    card: card?.card ?? null,
    bank: bank?.bank ?? null,
    kept,
    errors,
  };
}

/** What a session still asks for. */
export function viewOf(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  url: URL,
): Omit<CheckoutView, "flash"> {
  const known = knownEmail(ctx, session);
  const shows =
    session.saved_payment_method_options?.allow_redisplay_filters ?? [];
  const saved = session.customer
    ? ctx.store
        .all("payment_method", { index: "customer", key: session.customer })
        .filter(({ allow_redisplay: one }) => one && shows.includes(one))
    : [];
  const { trial_end, trial_period_days: days } = plan.subscription;
  const free = (session.amount_total ?? 0) === 0;
  const types = session.payment_method_types;
  const bank =
    types.includes("us_bank_account") &&
    (!types.includes("card") || url.searchParams.get("method") === "bank");
  const method = bank ? "bank" : "card";
  const optional = session.payment_method_collection === "if_required";
  return {
    ctx,
    session,
    plan,
    knownEmail: known,
    query: kept(url),
    saved,
    asksEmail: !known,
    asks: session.mode !== "setup" && free && optional ? null : method,
    trialEnd: trial_end ?? (days ? ctx.clock.now() + days * 86_400 : null),
  };
}

/** The address that the shop gave, if any. */
export function knownEmail(
  ctx: Context,
  { customer: id, customer_email }: CheckoutSession,
): string | null {
  const customer = id && ctx.store.get("customer", id);
  return customer && !customer.deleted ? customer.email : customer_email;
}
