import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import { invalidRequest, isRefusal, noSuch } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne } from "../lookup";
import type { Customer, DeletedCustomer } from "../objects";
import { operation } from "../operation";
import { onClockOf } from "./clock-of";
import { adjustBalance } from "./customer-balance";
import { changesOf, CUSTOMER_FIELDS, NO_SETTINGS } from "./customer-changes";
import { attachPaymentMethod, detachPaymentMethod } from "./saved-cards";
import { cancelNow } from "./subscription-cancel";
import { addTaxId } from "./tax-ids";

/** A living customer; a deleted one counts as missing. */
export function requireCustomer(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = {
    param: "customer",
    status: 400,
  },
): Customer {
  const customer = ctx.store.get("customer", id);
  if (!customer || customer.deleted) throw noSuch("customer", id, at);
  return customer;
}

export function updateCustomer(
  ctx: Context,
  before: Customer,
  changes: Partial<Customer>,
): Customer {
  const customer = { ...before, ...changes };
  ctx.store.put("customer", customer);
  if (JSON.stringify(customer) !== JSON.stringify(before)) {
    emit(ctx, "customer.updated", customer, before);
  }
  return customer;
}

/** Stored without an event, so that callers can place `customer.created` in their sequence. */
export function putNewCustomer(
  ctx: Context,
  known: Partial<Customer>,
): Customer {
  const customer: Customer = {
    ...nulls("Customer"),
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: ctx.clock.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    discount: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: NO_SETTINGS,
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    tax_exempt: "none",
    test_clock: null,
    ...known,
  };
  ctx.store.put("customer", customer);
  return customer;
}

/** Cancels what they had at once and lets go of their cards. */
export function deleteCustomer(
  world: Context,
  customer: Customer,
): DeletedCustomer {
  const ctx = onClockOf(world, customer);
  const { id } = customer;
  const by = { index: "customer", key: id };
  for (const subscription of ctx.store.all("subscription", by)) {
    if (subscription.ended_at === null) cancelNow(ctx, subscription, {});
  }
  for (const method of ctx.store.all("payment_method", by))
    detachPaymentMethod(ctx, method);
  const gone: DeletedCustomer = { id, object: "customer", deleted: true };
  ctx.store.put("customer", gone);
  emit(ctx, "customer.deleted", customer);
  return gone;
}

/** A test clock moves at most three customers. */
function clockFor(ctx: Context, id: string | undefined): string | null {
  if (!id) return null;
  requireOne(ctx, "test_clock", id, { param: "test_clock", status: 400 });
  if (ctx.store.ids("customer", { index: "test_clock", key: id }).length >= 3)
    throw invalidRequest("A test clock can have at most 3 customers.", {
      param: "test_clock",
    });
  return id;
}

export const customerOperations = [
  operation("customers.create", {
    built: `${CUSTOMER_FIELDS} payment_method tax_id_data test_clock`,
    run(ctx, params) {
      const { payment_method, invoice_settings, balance } = params;
      const early = changesOf(
        ctx,
        { ...params, invoice_settings: {} },
        undefined,
      );
      const test_clock = clockFor(ctx, params.test_clock);
      const bare = putNewCustomer(ctx, { ...early, test_clock });
      if (payment_method) {
        const attached = attachPaymentMethod(ctx, payment_method, bare.id);
        // Thrown, not returned: a customer whose card is refused is not created.
        if (isRefusal(attached)) throw attached.refusal;
      }
      const customer = {
        ...bare,
        ...changesOf(
          ctx,
          { invoice_settings, metadata: params.metadata },
          bare,
        ),
      };
      ctx.store.put("customer", customer);
      emit(ctx, "customer.created", customer);
      for (const { type, value } of params.tax_id_data ?? [])
        addTaxId(ctx, customer, { type, value });
      if (!balance) return customer;
      return adjustBalance(ctx, customer, { amount: balance, type: "initial" })
        .customer;
    },
  }),
  operation("customers.retrieve", {
    run: (ctx, _params, [id]) =>
      requireOne(ctx, "customer", id, { param: "id" }),
  }),
  operation("customers.update", {
    built: CUSTOMER_FIELDS,
    run(ctx, params, [id]) {
      const deleted = ctx.store.get("customer", id)?.deleted;
      const before = requireCustomer(ctx, id, {
        param: "id",
        status: deleted ? 400 : 404,
      });
      const customer = updateCustomer(
        ctx,
        before,
        changesOf(ctx, params, before),
      );
      const amount = (params.balance ?? before.balance) - before.balance;
      if (amount === 0) return customer;
      return adjustBalance(ctx, customer, { amount, type: "adjustment" })
        .customer;
    },
  }),
  operation("customers.del", {
    run: (ctx, _params, [id]) =>
      deleteCustomer(ctx, requireCustomer(ctx, id, { param: "id" })),
  }),
  operation("customers.list", {
    built: `${PAGED} created email test_clock`,
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "customer",
        what: "customer",
        url: "/v1/customers",
        params,
        where: {
          email: params.email,
          live: "yes",
          test_clock: params.test_clock ?? null,
        },
      }),
  }),
  operation("customers.deleteDiscount", {
    run(ctx, _params, [id]) {
      const before = requireCustomer(ctx, id, {
        param: "customer",
        status: 404,
      });
      const { discount } = before;
      if (!discount) throw noSuch("discount", id, { param: "customer" });
      updateCustomer(ctx, before, { discount: null });
      const { end: _end, ...rest } = discount;
      const gone = { ...rest, deleted: true as const };
      emit(ctx, "customer.discount.deleted", gone);
      return gone;
    },
  }),
  operation("customers.listPaymentMethods", {
    built: `${PAGED} allow_redisplay type`,
    run(ctx, params, [id]) {
      requireCustomer(ctx, id, { param: "customer", status: 404 });
      return listOf(ctx, {
        kind: "payment_method",
        what: "payment_method",
        url: `/v1/customers/${id}/payment_methods`,
        params,
        where: {
          allow_redisplay: params.allow_redisplay,
          customer: id,
          type: params.type,
        },
      });
    },
  }),
  operation("customers.retrievePaymentMethod", {
    run(ctx, _params, [id, method]) {
      const found = ctx.store.get("payment_method", method);
      if (found?.customer !== id)
        throw noSuch("PaymentMethod", method, { param: "payment_method" });
      return found;
    },
  }),
];
