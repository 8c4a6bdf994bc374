import { existsSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as expireRoute } from "@/app/api/checkout/[sessionId]/expire/route";
import { POST as deleteRoute } from "@/app/api/customers/[customerId]/delete/route";
import { POST as createCustomerRoute } from "@/app/api/customers/route";
import { POST as defaultRoute } from "@/app/api/payment-methods/[paymentMethodId]/default/route";
import { POST as detachRoute } from "@/app/api/payment-methods/[paymentMethodId]/detach/route";
import { POST as closeRoute } from "@/app/api/settings/close/route";
import { POST as detailsRoute } from "@/app/api/settings/billing-details/route";
import type { AuditAction } from "@/lib/audit/actions";
import { password } from "@/tests/support/make-person";
import { paymentActs } from "@/tests/support/payment-acts";
import { day, planActs } from "@/tests/support/plan-acts";
import {
  listHiddenClients,
  listStripeCallSites,
} from "@/tests/support/stripe-call-sites";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const plan = planActs(() => world);
const pay = paymentActs(() => world);

type Told = {
  /** What Stripe carries out, and whose answer never comes. */
  method?: "DELETE" | "POST";
  path: string;
  /** The same wish each time, with the same key where it takes one. */
  act(): Promise<Response>;
  /** How often it has happened at Stripe. */
  effects(): Promise<number>;
  /** How the two wishes are answered: the first may find out by itself. */
  answers?: readonly [first: number, again: number];
  /** What it is called in the audit log, where it stands once. */
  audited?: readonly [action: AuditAction, objectId: string];
};
type Story = { sites: readonly string[]; begin(): Promise<Told> };

/** How often Stripe has told of this about one object. */
const events = (type: string, id: string) => async () => {
  const { data } = await world.stripe.events.list({ type, limit: 100 });
  return data.filter(
    (event) => (event.data.object as { id?: string }).id === id,
  ).length;
};

/** One act upon a plan, told by its events. */
async function uponPlan(
  ada: Person,
  act: Parameters<typeof plan.act>[1],
  {
    path = "",
    type = "customer.subscription.updated",
    method = "POST",
    more = {},
  }: {
    path?: string;
    type?: string;
    method?: "DELETE" | "POST";
    more?: object;
  } = {},
): Promise<Told> {
  const id = await plan.idOf(ada);
  return {
    method,
    path: `/v1/subscriptions/${id}${path}`,
    act: () => plan.act(ada, act, { requestKey: "click", ...more }),
    effects: events(type, id),
  };
}

const details = {
  name: "Bridge GmbH",
  email: "invoices@example.com",
  phone: "",
  line1: "",
  line2: "",
  city: "",
  postalCode: "",
  state: "",
  country: "",
};

/** Somebody's tax id gives way to a new one, which then stands there alone. */
async function anotherTaxId(): Promise<Told> {
  const ada = await world.person();
  const save = (taxIdType: string, taxIdValue: string) =>
    world.post(detailsRoute, ada, { ...details, taxIdType, taxIdValue });
  await save("gb_vat", "GB123456789");
  const id = await pay.customerOf(ada);
  return {
    path: `/v1/customers/${id}/tax_ids`,
    act: () => save("eu_vat", "DE123456789"),
    async effects() {
      const { data } = await world.stripe.customers.listTaxIds(id);
      return data.map(({ value }) => value).join() === "DE123456789" ? 1 : 0;
    },
  };
}

/** Somebody whose plan is charged to a card of its own has another one, which they choose for everything. */
async function anotherCard(): Promise<Told & { customer: string }> {
  const ada = await plan.subscriber();
  await plan.useCard(ada, "pm_card_visa");
  const customer = await plan.customerOf(ada);
  const { id: card } = await world.stripe.paymentMethods.attach(
    "pm_card_mastercard",
    { customer },
  );
  await world.delivered();
  return {
    customer,
    path: `/v1/subscriptions/${await plan.idOf(ada)}`,
    act: () => world.post(defaultRoute, ada, {}, { paymentMethodId: card }),
    async effects() {
      const found = await world.stripe.customers.retrieve(customer);
      const forAll = found.deleted
        ? null
        : found.invoice_settings.default_payment_method;
      const { default_payment_method: forPlan } = await plan.atStripe(ada);
      return forAll === card && forPlan === card ? 1 : 0;
    },
    audited: ["payment_method.made_default", card],
  };
}

const stories: Readonly<Record<string, Story>> = {
  "a checkout is given up": {
    sites: ["lib/billing/retire-session.ts checkout.sessions.expire"],
    async begin() {
      const ada = await world.person();
      const { id } = await world.open(ada);
      return {
        path: `/v1/checkout/sessions/${id}/expire`,
        act: () => world.post(expireRoute, ada, {}, { sessionId: id }),
        effects: events("checkout.session.expired", id),
      };
    },
  },
  "billing details are changed": {
    sites: ["lib/billing/change-customer.ts customers.update"],
    async begin() {
      const ada = await world.person();
      await world.post(createCustomerRoute, ada, {});
      const id = await pay.customerOf(ada);
      return {
        path: `/v1/customers/${id}`,
        act: () => world.post(detailsRoute, ada, details),
        effects: events("customer.updated", id),
      };
    },
  },
  "a tax id takes another's place": {
    sites: ["lib/billing/tax-id.ts customers.createTaxId"],
    begin: async () => ({ ...(await anotherTaxId()), answers: [200, 200] }),
  },
  "a tax id goes, and another is in its place": {
    sites: ["lib/billing/tax-id.ts customers.deleteTaxId"],
    async begin() {
      const told = await anotherTaxId();
      const path = `${told.path}/`;
      return { ...told, method: "DELETE", path, answers: [200, 200] };
    },
  },
  "another card is what a plan is charged to": {
    sites: ["lib/billing/set-default-method.ts subscriptions.update"],
    begin: anotherCard,
  },
  "another card is what everything else is charged to": {
    sites: ["lib/billing/set-default-method.ts customers.update"],
    async begin() {
      const { customer, ...told } = await anotherCard();
      return { ...told, path: `/v1/customers/${customer}` };
    },
  },
  "a card is forgotten": {
    sites: ["lib/billing/detach-payment-method.ts paymentMethods.detach"],
    async begin() {
      const ada = await world.person();
      const card = await pay.saveCard(ada);
      return {
        path: `/v1/payment_methods/${card}/detach`,
        act: () => world.post(detachRoute, ada, {}, { paymentMethodId: card }),
        effects: events("payment_method.detached", card),
        audited: ["payment_method.removed", card],
      };
    },
  },
  "a customer is deleted": {
    sites: ["lib/billing/delete-customer.ts customers.del"],
    async begin() {
      const ada = await world.person();
      await world.post(createCustomerRoute, ada, {});
      const id = await pay.customerOf(ada);
      return {
        method: "DELETE",
        path: `/v1/customers/${id}`,
        act: () => world.post(deleteRoute, ada, {}, { customerId: id }),
        effects: events("customer.deleted", id),
        audited: ["customer.deleted", id],
      };
    },
  },
  "a plan ends at once": {
    sites: ["lib/billing/cancel-plan.ts subscriptions.cancel"],
    begin: async () =>
      uponPlan(await plan.subscriber(), "cancel", {
        method: "DELETE",
        type: "customer.subscription.deleted",
        more: { when: "now" },
      }),
  },
  "what an ended plan owes is voided": {
    sites: ["lib/billing/cancel-plan.ts invoices.voidInvoice"],
    async begin() {
      const ada = await plan.subscriber();
      await plan.useCard(ada, "pm_card_chargeCustomerFail");
      await plan.renewal(ada);
      const [owed] = await plan.invoices(ada);
      const id = owed?.id ?? "";
      const told = await uponPlan(ada, "cancel", { more: { when: "now" } });
      const path = `/v1/invoices/${id}/void`;
      return { ...told, path, effects: events("invoice.voided", id) };
    },
  },
  "a plan is to end with its period": {
    sites: ["lib/billing/cancel-plan.ts subscriptions.update"],
    begin: async () => uponPlan(await plan.subscriber(), "cancel"),
  },
  "an end is taken back": {
    sites: ["lib/billing/resume-plan.ts subscriptions.update"],
    async begin() {
      const ada = await plan.subscriber();
      await plan.act(ada, "cancel");
      return uponPlan(ada, "resume");
    },
  },
  "a plan is paused": {
    sites: ["lib/billing/pause-plan.ts subscriptions.pause"],
    begin: async () =>
      uponPlan(await plan.subscriber(), "pause", {
        path: "/pause",
        type: "customer.subscription.paused",
      }),
  },
  "a pause is over, and a new period is charged": {
    sites: ["lib/billing/resume-plan.ts subscriptions.resume"],
    async begin() {
      const ada = await plan.subscriber();
      await plan.act(ada, "pause");
      await plan.pass(day);
      const told = await uponPlan(ada, "resume", { path: "/resume" });
      const effects = async () => (await plan.invoices(ada)).length;
      return { ...told, effects };
    },
  },
  "a trial ends by its owner's word, and is charged": {
    sites: ["lib/billing/end-trial.ts subscriptions.update"],
    async begin() {
      const ada = await world.person();
      await world.buy(ada, "business_monthly");
      if ((await plan.atStripe(ada)).status !== "trialing") {
        await world.stripe.subscriptions.update(await plan.idOf(ada), {
          trial_end: Math.floor(Date.now() / 1000) + 10 * day,
        });
        await world.delivered();
      }
      const told = await uponPlan(ada, "end-trial");
      return { ...told, effects: async () => (await pay.taken(ada)).length };
    },
  },
  "a lower plan is planned": {
    sites: ["lib/billing/plan-later.ts subscriptionSchedules.create"],
    async begin() {
      const ada = await plan.subscriber("business_monthly");
      const shown = await plan.quote(ada, "pro_monthly");
      const customer = await plan.customerOf(ada);
      return {
        path: "/v1/subscription_schedules",
        act: () => plan.confirm(ada, "pro_monthly", shown, "click"),
        async effects() {
          const { data } = await world.stripe.subscriptionSchedules.list({
            customer,
          });
          return data.length;
        },
      };
    },
  },
  "a plan that is planned gets its phases": {
    sites: ["lib/billing/plan-later.ts subscriptionSchedules.update"],
    async begin() {
      const ada = await plan.subscriber("business_monthly");
      const shown = await plan.quote(ada, "pro_monthly");
      return {
        path: "/v1/subscription_schedules/",
        act: () => plan.confirm(ada, "pro_monthly", shown, "click"),
        async effects() {
          const { schedule } = await plan.atStripe(ada);
          if (typeof schedule !== "string") return 0;
          const { phases } =
            await world.stripe.subscriptionSchedules.retrieve(schedule);
          return phases.length - 1;
        },
      };
    },
  },
  "a change that waits for its payment is called off": {
    sites: ["lib/billing/undo-change.ts invoices.voidInvoice"],
    async begin() {
      const ada = await plan.subscriber();
      await plan.useCard(ada, "pm_card_chargeCustomerFail");
      await plan.change(ada, "business_monthly");
      const [open] = await plan.invoices(ada);
      const id = open?.id ?? "";
      return {
        path: `/v1/invoices/${id}/void`,
        act: () => plan.act(ada, "undo-change", { requestKey: "click" }),
        effects: events("invoice.voided", id),
      };
    },
  },
  "what was planned is called off": {
    sites: ["lib/billing/release-schedule.ts subscriptionSchedules.release"],
    async begin() {
      const ada = await plan.subscriber("business_monthly");
      await plan.change(ada, "pro_monthly");
      const { schedule } = await plan.atStripe(ada);
      const id = typeof schedule === "string" ? schedule : (schedule?.id ?? "");
      return {
        path: `/v1/subscription_schedules/${id}/release`,
        act: () => plan.act(ada, "undo-change", { requestKey: "click" }),
        effects: events("subscription_schedule.released", id),
      };
    },
  },
  "a workspace is closed, and its plan ends": {
    sites: ["lib/billing/end-billing.ts subscriptions.cancel"],
    async begin() {
      const ada = await plan.subscriber();
      const [tenant] = await world.rows<{ name: string }>(
        "SELECT name FROM tenant WHERE id = $1",
        [ada.tenantId],
      );
      const id = await plan.idOf(ada);
      return {
        method: "DELETE",
        path: `/v1/subscriptions/${id}`,
        act: () =>
          world.post(closeRoute, ada, { name: tenant?.name, password }),
        effects: events("customer.subscription.deleted", id),
      };
    },
  },
};

describe("executed, answer lost, asked again: it has happened once when", () => {
  it.each(Object.entries(stories))("%s", async (_, { begin }) => {
    const { method, path, act, effects, ...told } = await begin();
    const [first, again] = told.answers ?? [503, 200];
    const before = await effects();
    await world.loseAnswer(path, method);
    expect((await act()).status).toBe(first);
    expect((await act()).status).toBe(again);
    expect((await effects()) - before).toBe(1);
    await world.delivered();
    expect((await effects()) - before).toBe(1);
    if (told.audited) expect(await actorsOf(...told.audited)).toEqual(["user"]);
  });

  it.each(["a card is forgotten", "a customer is deleted"])(
    "%s, although Stripe told of it before",
    async (title) => {
      const { method, path, act, audited } = await beginOf(title);
      await world.loseAnswer(path, method);
      expect((await act()).status).toBe(503);
      await world.delivered();
      for (const _ of [1, 2]) expect((await act()).status).toBe(200);
      expect(audited && (await actorsOf(...audited))).toEqual(["user"]);
    },
  );
});

/** Who has done this, as the audit log has it. */
async function actorsOf(
  action: AuditAction,
  objectId: string,
): Promise<string[]> {
  const rows = await world.rows<{ actor_kind: string }>(
    "SELECT actor_kind FROM audit_entry WHERE action = $1 AND object_id = $2",
    [action, objectId],
  );
  return rows.map(({ actor_kind: kind }) => kind);
}

async function beginOf(title: string): Promise<Told> {
  const story = stories[title];
  if (!story) throw new Error(`No story is called ${title}`);
  return story.begin();
}

/** The same, told where the rest of its behaviour is. */
const elsewhere: Readonly<
  Record<string, readonly [file: string, title: string]>
> = {
  "lib/billing/begin-payment.ts paymentIntents.create": [
    "payment-intents",
    "48: whose answer was lost is found by its key",
  ],
  "lib/billing/payment-state.ts paymentIntents.confirm": [
    "payment-intents",
    "whose answer was lost is taken once",
  ],
  "lib/billing/cancel-payment.ts paymentIntents.cancel": [
    "payment-intents",
    "and whose answer was lost is called off once",
  ],
  "lib/billing/change-plan.ts subscriptions.update": [
    "change-plan",
    "48: whose answer was lost goes on where it stopped, with one charge",
  ],
  "lib/billing/checkout-session.ts checkout.sessions.create": [
    "checkout-failures",
    "49: and %s, the next try ends with one session",
  ],
  "lib/billing/create-subscription.ts subscriptions.create": [
    "saved-card",
    "48: whose answer is lost begins once",
  ],
  "lib/billing/customers.ts customers.create": [
    "customers",
    "39: is one, also for many who ask at once, and when Stripe's answer was lost",
  ],
  "lib/billing/pay-invoice.ts invoices.pay": [
    "pay-invoice",
    "whose payment got no answer is paid once",
  ],
  "lib/billing/refund-payment.ts creditNotes.create": [
    "refunds",
    "of %s happens once, and is found by the same wish",
  ],
  "lib/billing/refund-payment.ts refunds.create": [
    "refunds",
    "of %s happens once, and is found by the same wish",
  ],
  "lib/billing/seats.ts subscriptions.update": [
    "seats",
    "whose answer was lost are paid once",
  ],
  "lib/billing/undo-doubled.ts refunds.create": [
    "scenarios",
    "whose refund's answer is lost get their money back once",
  ],
  "lib/billing/update-payment-method.ts paymentMethods.update": [
    "payment-methods",
    "whose answer was lost can be sent again",
  ],
};

/** A page, of which any number may be open. */
const harmless = ["lib/billing/portal.ts billingPortal.sessions.create"];

describe("every place that asks Stripe to change something", () => {
  it("is told of here or elsewhere, but for commands: those look before they make", () => {
    const byHand = /^lib\/(cli|doctor)\//;
    const told = [
      ...harmless,
      ...Object.values(stories).flatMap(({ sites }) => sites),
      ...Object.keys(elsewhere),
    ];
    expect(listStripeCallSites().filter((site) => !byHand.test(site))).toEqual(
      told.toSorted(),
    );
    expect(listHiddenClients().filter((file) => !byHand.test(file))).toEqual([
      "lib/billing/delete-customer.ts", // which takes lists apart, to look
    ]);
  });

  it.each(Object.entries(elsewhere))("%s, in its own story", (_, told) => {
    const [name, title] = told;
    const file = `tests/flows/${name}.test.ts`;
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toContain(title);
  });
});
