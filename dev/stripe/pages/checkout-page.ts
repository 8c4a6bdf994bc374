import type { Context } from "../context";
import { isRefusal } from "../errors";
import { formatMoney } from "../money";
import type { CheckoutSession, PaymentMethod } from "../objects";
import type { BuyerDetails, CheckoutPlan } from "../records";
import { NOT_AUTHENTICATED } from "../resources/challenges";
import { changeOrder } from "../resources/checkout-amounts";
import {
  completeCheckout,
  judgePurchase,
  type Buyer,
} from "../resources/checkout-complete";
import { createBankAccount, type BankEntry } from "../resources/bank-debits";
import { recoverSession } from "../resources/checkout-expiry";
import {
  createCard,
  resolvePaymentMethod,
  type CardEntry,
} from "../resources/saved-cards";
import { ask, attempt } from "./ask";
import { readBank } from "./bank-form";
import { cardErrorOf, readCard } from "./card-form";
import { asksAddress, checkoutView, type CheckoutView } from "./checkout-view";
import { readAddress } from "./fields";
import { flashed, readFlash } from "./flash";
import { challengeView } from "./challenge-page";
import { layout, messagePage, notFound } from "./layout";
import { ok, type Page, type Visit } from "./page";

const REDIRECT_WAIT_MS = 10_000;

export function showCheckout({ ctx, ids, url }: Visit): Page {
  const session = ctx.store.get("checkout_session", ids[0]);
  const plan = ctx.store.get("checkout_plan", ids[0]);
  if (!session || !plan)
    return notFound("There is no checkout session at this address.");
  if (session.status !== "open") return over(session);
  const view = viewOf(ctx, session, plan, url);
  return ok(checkoutView({ ...view, flash: readFlash(url) }));
}

/** From the link in an expired session to the copy that it makes. */
export function showRecovery({ ctx, ids: [id] }: Visit): Page {
  const copy = ctx.store.transact(() => recoverSession(ctx, id));
  ctx.wake();
  return copy
    ? { redirect: `/c/pay/${copy.id}` }
    : notFound("There is no checkout session at this address.");
}

/** The buyer's own code or quantity, before paying. */
export function changeCheckout(visit: Visit): Page {
  const { ctx, form } = visit;
  const [id, what] = visit.ids;
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (!session || !plan)
    return notFound("There is no checkout session at this address.");
  const page = pageOf(visit);
  if (session.status !== "open") return { redirect: page };
  const refusal = attempt(ctx, () =>
    changeOrder(
      ctx,
      session,
      plan,
      what === "promotion"
        ? { code: form.get("code")?.trim() || null }
        : {
            line: form.get("line") ?? "",
            quantity: Number(form.get("quantity")),
          },
    ),
  );
  if (!refusal) return { redirect: page };
  const field = what === "promotion" ? "code" : `quantity_${form.get("line")}`;
  const typed = { code: form.get("code") ?? "" };
  return flashed(page, { errors: { [field]: refusal.message }, typed });
}

/** Pays, or goes back to the page with the reason. A second submit pays nothing twice. */
export function submitCheckout(visit: Visit): Page | Promise<Page> {
  const { ctx, ids, form, url } = visit;
  const session = ctx.store.get("checkout_session", ids[0]);
  const plan = ctx.store.get("checkout_plan", ids[0]);
  if (!session || !plan)
    return notFound("There is no checkout session at this address.");
  if (session.status === "expired") return { redirect: url.pathname };
  if (session.status === "complete") return leave(visit);
  const view = viewOf(ctx, session, plan, url);
  const { details, card, bank, kept, errors } = readBuyer(ctx, view, form);
  const typed = Object.fromEntries(form);
  if (Object.keys(errors).length > 0)
    return flashed(pageOf(visit), { errors, typed });
  return purchase(visit, { session, plan }, (): Buyer => {
    const { email } = details;
    const method = bank
      ? createBankAccount(ctx, { ...bank, email })
      : (kept ?? (card && createCard(ctx, { ...card, email })));
    return { ...details, method, authenticated: false };
  });
}

/** The session's own page, with the method that the buyer chose there. */
function pageOf({ ids: [id], url }: Visit): string {
  return `/c/pay/${id}${kept(url)}`;
}

/** What the buyer's next page has to know too: the method, and that it is in a frame. */
function kept(url: URL): string {
  const params = [...url.searchParams].filter(
    ([name]) => name === "method" || name === "framed",
  );
  return params.length > 0 ? `?${new URLSearchParams(params)}` : "";
}

type Open = { session: CheckoutSession; plan: CheckoutPlan };

/** Completes the session whole or not at all; the bank may ask first. */
function purchase(
  visit: Visit,
  { session, plan }: Open,
  read: () => Buyer,
): Page | Promise<Page> {
  const { ctx, form } = visit;
  const page = pageOf(visit);
  let asked = false;
  const refusal = attempt(ctx, () => {
    const buyer = read();
    if (judgePurchase(ctx, session, buyer) === "challenge" && buyer.method) {
      asked = true;
      const pending = { ...buyer, method: buyer.method.id };
      ctx.store.put("checkout_plan", { ...plan, pending });
      return undefined;
    }
    const done = completeCheckout(ctx, session, plan, buyer);
    if (isRefusal(done)) return done;
    ctx.store.put("checkout_plan", { ...plan, completed_event: done.id });
    const customer = ctx.store.get("checkout_session", session.id)?.customer;
    if (!buyer.tax_id || !customer) return undefined;
    return ask(ctx, `POST /v1/customers/${customer}/tax_ids`, {
      type: "eu_vat",
      value: buyer.tax_id,
    });
  });
  if (asked)
    return {
      redirect: `/c/pay/${session.id}/authenticate${kept(visit.url)}`,
    };
  if (!refusal) return leave(visit);
  const typed = Object.fromEntries(form);
  if (refusal.body.code === "tax_id_invalid")
    return flashed(page, { errors: { tax_id: refusal.message }, typed });
  if (refusal.status !== 402)
    return flashed(page, { alert: refusal.message, typed });
  const alert = "Your card was declined. Nothing was charged.";
  return flashed(page, { alert, errors: cardErrorOf(refusal), typed });
}

/** To the shop, once its endpoint has answered the event of the completion. */
async function leave(visit: Visit): Promise<Page> {
  const { control, ctx, url } = visit;
  const [id] = visit.ids;
  const event = ctx.store.get("checkout_plan", id)?.completed_event;
  if (event) await control.deliveries.answered(event, REDIRECT_WAIT_MS);
  if (url.searchParams.has("framed")) return { redirect: `/js/done/${id}` };
  const session = ctx.store.get("checkout_session", id);
  const target =
    session?.success_url ?? session?.return_url ?? `${ctx.origin}/c/pay/${id}`;
  return { redirect: target.replaceAll("{CHECKOUT_SESSION_ID}", id) };
}

export function showCheckoutChallenge(visit: Visit): Page {
  const { ctx } = visit;
  const [id] = visit.ids;
  const session = ctx.store.get("checkout_session", id);
  const pending = ctx.store.get("checkout_plan", id)?.pending;
  if (session?.status !== "open" || !pending)
    return { redirect: pageOf(visit) };
  const due = session.amount_total ?? 0;
  const amount = due > 0 ? formatMoney(due, session.currency ?? "usd") : null;
  return ok(layout("3D Secure", challengeView(amount)));
}

export function answerCheckoutChallenge(visit: Visit): Page | Promise<Page> {
  const { ctx, form, ids } = visit;
  const [id] = ids;
  const session = ctx.store.get("checkout_session", id);
  const plan = ctx.store.get("checkout_plan", id);
  if (session?.status === "complete") return leave(visit);
  if (session?.status !== "open" || !plan?.pending)
    return { redirect: pageOf(visit) };
  const { pending, ...rest } = plan;
  if (form.get("answer") !== "complete") {
    ctx.store.put("checkout_plan", rest);
    const errors = { cardNumber: NOT_AUTHENTICATED };
    return flashed(pageOf(visit), {
      errors,
      typed: { cardName: pending.name },
    });
  }
  return purchase(visit, { session, plan: rest }, (): Buyer => {
    const method = resolvePaymentMethod(ctx, pending.method);
    return { ...pending, method, authenticated: true };
  });
}

function readBuyer(
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

function viewOf(
  ctx: Context,
  session: CheckoutSession,
  plan: CheckoutPlan,
  url: URL,
): Omit<CheckoutView, "flash"> {
  const customer =
    session.customer && ctx.store.get("customer", session.customer);
  const known =
    customer && !customer.deleted ? customer.email : session.customer_email;
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

function over(session: CheckoutSession): Page {
  const back = session.cancel_url ?? session.success_url;
  const done = session.status === "complete";
  const href = done
    ? session.success_url?.replaceAll("{CHECKOUT_SESSION_ID}", session.id)
    : back?.replaceAll("{CHECKOUT_SESSION_ID}", session.id);
  return ok(
    messagePage({
      title: done ? "Already paid" : "This checkout has expired",
      text: done
        ? "This checkout session is complete. Nothing more is charged."
        : "Nothing was charged. Go back and start again.",
      link: href ? { href, label: "Back to the shop" } : undefined,
    }),
  );
}
