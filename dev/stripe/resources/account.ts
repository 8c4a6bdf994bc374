import type { Stripe } from "stripe";
import { MERCHANT, type Context } from "../context";
import { nulls } from "../contract/nulls";
import { randomText } from "../ids";
import { operation } from "../operation";

/** The shop's own account, made once. What no shop decided is not there; nothing is left to be verified. */
function ownAccount(ctx: Context): Stripe.Account {
  const [known] = ctx.store.all("account");
  if (known) return known;
  const account: Stripe.Account = {
    ...nulls("Account"),
    id: `acct_1${randomText(15)}`,
    object: "account",
    business_profile: {
      ...nulls("Account.BusinessProfile"),
      name: MERCHANT,
    },
    business_type: "company",
    capabilities: {
      card_payments: "active",
      us_bank_account_ach_payments: "active",
    },
    charges_enabled: true,
    controller: { type: "account" },
    country: "US",
    created: ctx.clock.now(),
    default_currency: "usd",
    details_submitted: true,
    email: "shop@example.com",
    metadata: {},
    payouts_enabled: true,
    settings: {
      branding: nulls("Account.Settings.Branding"),
      card_payments: {
        ...nulls("Account.Settings.CardPayments"),
        decline_on: { avs_failure: false, cvc_failure: false },
      },
      dashboard: { display_name: MERCHANT, timezone: "Etc/UTC" },
      payments: nulls("Account.Settings.Payments"),
    },
    type: "standard",
  };
  ctx.store.put("account", account);
  return account;
}

export const accountOperations = [
  operation("accounts.retrieveCurrent", { run: (ctx) => ownAccount(ctx) }),
];
