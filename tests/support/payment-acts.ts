import { randomUUID } from "node:crypto";
import { POST as collectRoute } from "@/app/api/admin/tenants/[tenantId]/charges/[paymentId]/collect/route";
import { POST as callOffRoute } from "@/app/api/admin/tenants/[tenantId]/charges/[paymentId]/cancel/route";
import { POST as chargeRoute } from "@/app/api/admin/tenants/[tenantId]/charges/route";
import { POST as addRoute } from "@/app/api/payment-methods/route";
import { POST as cancelRoute } from "@/app/api/payment-intents/[paymentId]/cancel/route";
import { POST as confirmRoute } from "@/app/api/payment-intents/[paymentId]/confirm/route";
import { GET as confirmationRoute } from "@/app/api/payment-intents/[paymentId]/confirmation/route";
import { GET as oneRoute } from "@/app/api/payment-intents/[paymentId]/route";
import {
  GET as listRoute,
  POST as beginRoute,
} from "@/app/api/payment-intents/route";
import { listPaymentMethods } from "@/lib/billing/payment-methods";
import type { Person, World } from "./world";

export const goodCard = "4242 4242 4242 4242";

export type Begun = {
  id: string;
  clientSecret: string;
  publishableKey: string;
};

type More = { requestKey?: string } & Record<string, unknown>;

/** What people and staff do with payments that need no checkout, each as one call. */
export function paymentActs(world: () => World) {
  const keyed = ({ requestKey = randomUUID(), ...more }: More) => ({
    requestKey,
    ...more,
  });
  return {
    begin(person: Person | null, more: More = {}) {
      const body = { priceId: "onboarding_session", ...keyed(more) };
      return world().post(beginRoute, person, {
        ...(person && { tenantId: person.tenantId }),
        ...body,
      });
    },

    /** One that must work. */
    async begun(person: Person, more: More = {}): Promise<Begun> {
      const answer = await this.begin(person, more);
      if (!answer.ok) throw new Error(await answer.text());
      return (await answer.json()) as Begun;
    },

    /** In the card form of Stripe.js, on the page. Answers as Stripe.js does. */
    async typeCard(clientSecret: string, card: string) {
      const body = new URLSearchParams({
        client_secret: clientSecret,
        cardNumber: card,
        cardExpiry: "12 / 34",
        cardCvc: "123",
        cardName: "Ada Buyer",
      });
      const { origin } = world().emulator;
      const answer = await fetch(`${origin}/js/confirm`, {
        method: "POST",
        body,
      });
      return (await answer.json()) as {
        intent?: { status: string };
        error?: { code: string };
      };
    },

    /** Answers the question of the buyer's bank. */
    async atBank(paymentId: string, answer: "complete" | "fail") {
      const { origin } = world().emulator;
      const body = new URLSearchParams({ answer });
      await fetch(`${origin}/3ds/${paymentId}`, {
        method: "POST",
        body,
        redirect: "manual",
      });
      await world().delivered();
    },

    confirm(person: Person | null, paymentId: string, more: More = {}) {
      return world().post(confirmRoute, person, keyed(more), { paymentId });
    },

    cancel(person: Person | null, paymentId: string, more: More = {}) {
      return world().post(cancelRoute, person, keyed(more), { paymentId });
    },

    one(person: Person | null, paymentId: string) {
      return world().get(oneRoute, person, { path: { paymentId } });
    },

    secret(person: Person | null, paymentId: string) {
      return world().get(confirmationRoute, person, { path: { paymentId } });
    },

    list(person: Person | null, query: Record<string, string> = {}) {
      return world().get(listRoute, person, {
        query: { ...(person && { tenantId: person.tenantId }), ...query },
      });
    },

    /** Saves a card without charging it. */
    async saveCard(person: Person, card = goodCard): Promise<string> {
      const { tenantId } = person;
      const answer = await world().post(addRoute, person, { tenantId });
      const { url } = (await answer.json()) as { url: string };
      await world().pay(url, card);
      await world().delivered();
      const [newest] = await listPaymentMethods(person);
      if (!newest) throw new Error("no card was saved");
      return newest.id;
    },

    /** The same for one of Stripe's test methods, which becomes what everything is charged to. */
    async giveCard(person: Person, method: string): Promise<string> {
      const customer = await this.customerOf(person);
      const { id } = await world().stripe.paymentMethods.attach(method, {
        customer,
      });
      await world().stripe.customers.update(customer, {
        invoice_settings: { default_payment_method: id },
      });
      await world().delivered();
      return id;
    },

    async customerOf({ tenantId }: Person): Promise<string> {
      const [row] = await world().rows<{ id: string }>(
        "SELECT id FROM customer WHERE tenant_id = $1 AND NOT deleted",
        [tenantId],
      );
      if (!row) throw new Error("no customer");
      return row.id;
    },

    charge(staff: Person | null, of: Person, more: More = {}) {
      const body = {
        amount: "450.00",
        description: "Migration of your data",
        collect: "page",
        ...keyed(more),
      };
      return world().post(chargeRoute, staff, body, { tenantId: of.tenantId });
    },

    collect(staff: Person, of: Person, paymentId: string, more: More = {}) {
      const path = { tenantId: of.tenantId, paymentId };
      return world().post(collectRoute, staff, keyed(more), path);
    },

    callOff(staff: Person | null, of: Person, paymentId: string) {
      const path = { tenantId: of.tenantId, paymentId };
      return world().post(callOffRoute, staff, keyed({}), path);
    },

    orders({ tenantId }: Person) {
      return world().rows<{ status: string; amount: string; lines: unknown[] }>(
        'SELECT status, amount_total AS amount, lines FROM "order" WHERE tenant_id = $1 ORDER BY created_at',
        [tenantId],
      );
    },

    effects({ tenantId }: Person, kind: string) {
      return world().rows<{ cause: string; payload: object }>(
        "SELECT cause, payload FROM effect WHERE tenant_id = $1 AND kind = $2 AND payload->'addressee' IS NULL",
        [tenantId, kind],
      );
    },

    async audit({ tenantId }: Person): Promise<string[]> {
      const rows = await world().rows<{ action: string }>(
        "SELECT action FROM audit_entry WHERE tenant_id = $1 AND (action LIKE 'payment.%' OR action LIKE 'charge.%') ORDER BY at, id",
        [tenantId],
      );
      return rows.map(({ action }) => action);
    },

    /** What Stripe has really taken of this workspace, in minor units. */
    async taken(person: Person): Promise<number[]> {
      const customer = await this.customerOf(person);
      const { data } = await world().stripe.charges.list({ customer });
      return data
        .filter(({ status }) => status === "succeeded")
        .map(({ amount }) => amount);
    },
  };
}
