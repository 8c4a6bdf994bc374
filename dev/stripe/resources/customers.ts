import type { Context } from "../context";
import { isRefusal, noSuch } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import { listOf, listParams } from "../lists";
import type { Customer } from "../objects";
import { operation } from "../operation";
import * as p from "../params";
import { changesOf, customerFields } from "./customer-changes";
import { attachPaymentMethod, detachPaymentMethod } from "./saved-cards";
import { cancelNow } from "./subscription-cancel";

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
  given: Partial<Customer>,
): Customer {
  const customer: Customer = {
    id: newId("cus"),
    object: "customer",
    address: null,
    balance: 0,
    created: ctx.clock.now(),
    currency: null,
    customer_account: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: randomText(8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
    ...given,
  };
  ctx.store.put("customer", customer);
  return customer;
}

export const customerOperations = [
  operation({
    method: "POST",
    path: "/v1/customers",
    params: {
      payment_method: p.string(),
      tax_id_data: p.unbuilt(),
      test_clock: p.unbuilt(),
      ...customerFields,
    },
    run(ctx, params) {
      const { payment_method: method, invoice_settings, ...rest } = params;
      const early = changesOf(
        ctx,
        { ...rest, invoice_settings: undefined },
        undefined,
      );
      const bare = putNewCustomer(ctx, early);
      if (method) {
        const attached = attachPaymentMethod(ctx, method, bare.id);
        // Thrown, not returned: a customer whose card is refused is not created.
        if (isRefusal(attached)) throw attached.refusal;
      }
      const customer = {
        ...bare,
        ...changesOf(ctx, { ...rest, invoice_settings }, bare),
      };
      ctx.store.put("customer", customer);
      emit(ctx, "customer.created", customer);
      return customer;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/customers/:id",
    params: {},
    run(ctx, _params, [id]) {
      const customer = ctx.store.get("customer", id);
      if (!customer) throw noSuch("customer", id, { param: "id" });
      return customer;
    },
  }),
  operation({
    method: "POST",
    path: "/v1/customers/:id",
    params: { default_source: p.unbuilt(), ...customerFields },
    run(ctx, params, [id]) {
      const deleted = ctx.store.get("customer", id)?.deleted;
      const before = requireCustomer(ctx, id, {
        param: "id",
        status: deleted ? 400 : 404,
      });
      return updateCustomer(ctx, before, changesOf(ctx, params, before));
    },
  }),
  operation({
    method: "DELETE",
    path: "/v1/customers/:id",
    params: {},
    run(ctx, _params, [id]) {
      const customer = requireCustomer(ctx, id, { param: "id" });
      for (const subscription of ctx.store.all("subscription", {
        index: "customer",
        key: id,
      })) {
        if (subscription.ended_at === null) cancelNow(ctx, subscription, {});
      }
      for (const method of ctx.store.all("payment_method", {
        index: "customer",
        key: id,
      })) {
        detachPaymentMethod(ctx, method);
      }
      const gone = { id, object: "customer" as const, deleted: true as const };
      ctx.store.put("customer", gone);
      emit(ctx, "customer.deleted", customer);
      return gone;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/customers",
    params: { ...listParams, email: p.string(512), test_clock: p.unbuilt() },
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "customer",
        what: "customer",
        url: "/v1/customers",
        params,
        by: params.email
          ? { index: "email", key: params.email }
          : { index: "live", key: "yes" },
      }),
  }),
  operation({
    method: "GET",
    path: "/v1/customers/:id/payment_methods",
    params: { ...listParams, type: p.string(), allow_redisplay: p.string() },
    run(ctx, params, [id]) {
      requireCustomer(ctx, id, { param: "customer", status: 404 });
      return listOf(ctx, {
        kind: "payment_method",
        what: "payment_method",
        url: `/v1/customers/${id}/payment_methods`,
        params,
        by: { index: "customer", key: id },
        keep: (method) => !params.type || method.type === params.type,
      });
    },
  }),
  operation({
    method: "GET",
    path: "/v1/customers/:id/payment_methods/:id",
    params: {},
    run(ctx, _params, [id, method]) {
      const found = ctx.store.get("payment_method", method);
      if (found?.customer !== id)
        throw noSuch("PaymentMethod", method, { param: "payment_method" });
      return found;
    },
  }),
];
