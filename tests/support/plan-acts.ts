import { randomUUID } from "node:crypto";
import type Stripe from "stripe";
import { POST as cancelRoute } from "@/app/api/subscriptions/[subscriptionId]/cancel/route";
import { POST as changeRoute } from "@/app/api/subscriptions/[subscriptionId]/change/route";
import { POST as endTrialRoute } from "@/app/api/subscriptions/[subscriptionId]/end-trial/route";
import { POST as pauseRoute } from "@/app/api/subscriptions/[subscriptionId]/pause/route";
import { POST as previewRoute } from "@/app/api/subscriptions/[subscriptionId]/preview/route";
import { POST as resumeRoute } from "@/app/api/subscriptions/[subscriptionId]/resume/route";
import { POST as undoRoute } from "@/app/api/subscriptions/[subscriptionId]/undo-change/route";
import { POST as payRoute } from "@/app/api/invoices/[invoiceId]/pay/route";
import { rightsOf } from "@/lib/entitlements/check";
import type { Person, World } from "./world";

export const day = 24 * 60 * 60;

/** As a preview is answered. */
export type Quote = {
  when: string;
  due: string;
  credit: string;
  lines: { text: string; amount: string }[];
  next: { amount: string; at: string };
  prorationDate: number | null;
  quote: string;
};

const acts = {
  cancel: cancelRoute,
  "end-trial": endTrialRoute,
  pause: pauseRoute,
  resume: resumeRoute,
  "undo-change": undoRoute,
} as const;

/** What people do with a plan they have, each as one call. */
export function planActs(world: () => World) {
  return {
    /** Somebody with a plan that is paid for. */
    async subscriber(priceId = "pro_monthly"): Promise<Person> {
      const person = await world().person();
      await world().buy(person, priceId);
      const { id, status } = await this.atStripe(person);
      if (status === "trialing") {
        await world().stripe.subscriptions.update(id, { trial_end: "now" });
        await world().delivered();
      }
      return person;
    },

    async idOf({ tenantId }: Person): Promise<string> {
      const [row] = await world().rows<{ id: string }>(
        "SELECT id FROM subscription WHERE tenant_id = $1 ORDER BY created_at DESC, status = 'canceled', id",
        [tenantId],
      );
      if (!row) throw new Error("no subscription");
      return row.id;
    },

    /** As Stripe has it. */
    async atStripe(person: Person): Promise<Stripe.Subscription> {
      return world().stripe.subscriptions.retrieve(await this.idOf(person));
    },

    async customerOf(person: Person): Promise<string> {
      const { customer } = await this.atStripe(person);
      return typeof customer === "string" ? customer : customer.id;
    },

    async planOf(person: Person): Promise<string> {
      return (await rightsOf(person)).plan.key;
    },

    /** What a plan was ever billed, newest first, in minor units. */
    async invoices(person: Person): Promise<Stripe.Invoice[]> {
      const customer = await this.customerOf(person);
      const { data } = await world().stripe.invoices.list({ customer });
      return data;
    },

    /** From now on the plan is charged to this test card. */
    async useCard(person: Person, card: string): Promise<string> {
      const id = await this.idOf(person);
      const customer = await this.customerOf(person);
      const method = await world().stripe.paymentMethods.attach(card, {
        customer,
      });
      await world().stripe.subscriptions.update(id, {
        default_payment_method: method.id,
      });
      await world().delivered();
      return method.id;
    },

    async pass(seconds: number): Promise<void> {
      await world().control("clock", { advance_seconds: seconds });
      await world().delivered();
    },

    /** To two hours after the period's end: what is drafted then has been charged. */
    async renewal(person: Person): Promise<void> {
      const { items } = await this.atStripe(person);
      const { clock } = await world().control("state");
      const end = items.data[0]?.current_period_end ?? 0;
      await this.pass(end - clock.now + 2 * 3600);
    },

    preview(person: Person, id: string, priceId: string) {
      const { tenantId } = person;
      return world().post(
        previewRoute,
        person,
        { tenantId, priceId },
        { subscriptionId: id },
      );
    },

    async quote(person: Person, priceId: string): Promise<Quote> {
      const id = await this.idOf(person);
      const answer = await this.preview(person, id, priceId);
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as Quote;
    },

    async confirm(
      person: Person,
      priceId: string,
      { quote, prorationDate }: Pick<Quote, "quote" | "prorationDate">,
      requestKey: string = randomUUID(),
    ) {
      const { tenantId } = person;
      const subscriptionId = await this.idOf(person);
      const body = { tenantId, priceId, quote, prorationDate, requestKey };
      return world().post(changeRoute, person, body, { subscriptionId });
    },

    /** Looks at what it costs, and confirms that. */
    async change(person: Person, priceId: string): Promise<Response> {
      return this.confirm(person, priceId, await this.quote(person, priceId));
    },

    /** Looks and confirms, and hands on a refusal of either. */
    async try(person: Person, priceId: string): Promise<Response> {
      const id = await this.idOf(person);
      const looked = await this.preview(person, id, priceId);
      return looked.ok ? this.change(person, priceId) : looked;
    },

    /** One of the acts that need nothing more than the subscription. */
    async act(
      person: Person,
      what: keyof typeof acts,
      more: { id?: string; requestKey?: string } & Record<string, unknown> = {},
    ) {
      const { id, requestKey = randomUUID(), ...rest } = more;
      const subscriptionId = id ?? (await this.idOf(person));
      const body = { tenantId: person.tenantId, requestKey, ...rest };
      return world().post(acts[what], person, body, { subscriptionId });
    },

    pay(
      person: Person,
      invoiceId: string,
      more: { requestKey?: string; paymentMethodId?: string } = {},
    ) {
      const { tenantId } = person;
      const body = { tenantId, requestKey: randomUUID(), ...more };
      return world().post(payRoute, person, body, { invoiceId });
    },

    async audit({ tenantId }: Person): Promise<string[]> {
      const rows = await world().rows<{ action: string }>(
        "SELECT action FROM audit_entry WHERE tenant_id = $1 AND (action LIKE 'plan.%' OR action LIKE 'invoice.%') ORDER BY at, id",
        [tenantId],
      );
      return rows.map(({ action }) => action);
    },
  };
}

/** How a command went. */
export async function toldOf(
  answer: Response,
): Promise<[number, string | undefined]> {
  const { state } = (await answer.json()) as { state?: string };
  return [answer.status, state];
}

/** What a refusal says to a program. */
export async function refusalOf(answer: Response): Promise<[number, string]> {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}
