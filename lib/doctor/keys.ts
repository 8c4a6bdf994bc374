import Stripe from "stripe";
import { env, expectedLivemode, livemode } from "@/lib/platform/env";
import { stripe } from "@/lib/platform/stripe";
import { Prisma, systemSql } from "@/lib/platform/db";
import { seconds } from "@/lib/platform/time";
import { good, wrong, type Check } from "./check";

const dashboard = "https://dashboard.stripe.com/apikeys";

const present: Check = {
  name: "Stripe keys",
  part: "keys",
  needs: ["Settings"],
  async look() {
    const { STRIPE_SECRET_KEY, STRIPE_PUBLISHABLE_KEY, STRIPE_WEBHOOK_SECRET } =
      env();
    const missing = [
      !STRIPE_SECRET_KEY && `STRIPE_SECRET_KEY="sk_…"       # ${dashboard}`,
      !STRIPE_PUBLISHABLE_KEY &&
        `STRIPE_PUBLISHABLE_KEY="pk_…"  # ${dashboard}`,
      !STRIPE_WEBHOOK_SECRET &&
        'STRIPE_WEBHOOK_SECRET="whsec_…" # npm run stripe -- setup prints it',
    ].filter((line) => line !== false);
    return missing.length === 0
      ? good("Secret key, publishable key and webhook secret are set.")
      : wrong("Not all of them are set.", ...missing);
  },
};

const mode: Check = {
  name: "Key mode",
  part: "keys",
  needs: ["Stripe keys"],
  async look() {
    const words = (live: boolean) => (live ? "live" : "test");
    if (livemode() === expectedLivemode())
      return good(
        livemode()
          ? "Live: real money moves."
          : "Test mode: nobody is charged.",
      );
    return wrong(
      `The keys are ${words(livemode())} ones, and this deployment at ${env().appUrl} should have ${words(expectedLivemode())} ones.`,
      `STRIPE_SECRET_KEY="sk_${words(expectedLivemode())}_…"       # ${dashboard}`,
      `STRIPE_PUBLISHABLE_KEY="pk_${words(expectedLivemode())}_…"  # ${dashboard}`,
      `STRIPE_MODE="${words(livemode())}"  # instead, where this mode is meant`,
    );
  },
};

const works: Check = {
  name: "Key works",
  part: "keys",
  needs: ["Stripe keys"],
  async look() {
    try {
      await stripe().prices.list({ limit: 1 });
    } catch (error) {
      if (error instanceof Stripe.errors.StripeAuthenticationError)
        return wrong(
          "Stripe does not know this secret key: it was revoked, rolled, or is another account’s.",
          `STRIPE_SECRET_KEY="sk_…"  # ${dashboard}`,
        );
      if (!(error instanceof Stripe.errors.StripePermissionError)) throw error;
    }
    return good("Stripe takes the secret key.");
  },
};

/** Signatures are refused beyond five minutes; long before that something is wrong with a clock. */
const tolerable = seconds(60);

const clock: Check = {
  name: "Clock",
  part: "keys",
  needs: ["Key works", "Migrations"],
  async look() {
    const { lastResponse } = await stripe().prices.list({ limit: 1 });
    const stripes = Date.parse(lastResponse.headers["date"] ?? "");
    const [row] = await systemSql<{ now: Date }>(
      "the database's clock",
      Prisma.sql`SELECT now() AS now`,
    );
    const offBy = (time: number) => Math.abs(time - Date.now());
    const toStripe = Number.isNaN(stripes) ? 0 : offBy(stripes);
    const toDatabase = row ? offBy(row.now.getTime()) : 0;
    if (toStripe > tolerable)
      return wrong(
        `This machine’s clock and Stripe’s differ by ${inSeconds(toStripe)} s; beyond 300 s every webhook is refused.`,
        "sudo timedatectl set-ntp true",
      );
    if (toDatabase > tolerable)
      return wrong(
        `This machine’s clock and the database’s differ by ${inSeconds(toDatabase)} s.`,
        "sudo timedatectl set-ntp true  # on both machines",
      );
    return good("This machine, the database and Stripe agree on the time.");
  },
};

const inSeconds = (milliseconds: number) => Math.round(milliseconds / 1000);

export const keyChecks: readonly Check[] = [present, mode, works, clock];
