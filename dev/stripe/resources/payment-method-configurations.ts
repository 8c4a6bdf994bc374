import type { Context } from "../context";
import type { Params } from "../contract/params";
import { invalidRequest } from "../errors";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne, retrieval } from "../lookup";
import type { PaymentMethodConfiguration } from "../objects";
import { operation } from "../operation";

/** What the emulator's pages can take at all. */
const METHODS = ["card", "us_bank_account"] as const;
type Method = (typeof METHODS)[number];

const CONFIGURED =
  "card.display_preference.preference name us_bank_account.display_preference.preference";

/** Which methods of payment a configuration turns on; without one, all that there are. */
export function methodsOn(
  ctx: Context,
  id: string | undefined,
): readonly Method[] {
  if (id === undefined) return METHODS;
  const param = "payment_method_configuration";
  const configuration = requireOne(ctx, param, id, { param, status: 400 });
  if (!configuration.active)
    throw invalidRequest(
      `The payment method configuration ${id} is inactive, and cannot be used for new payments.`,
      { param },
    );
  return METHODS.filter(
    (method) => configuration[method]?.display_preference.value === "on",
  );
}

/** What no preference is said for is on. */
function preferred(
  before: PaymentMethodConfiguration[Method],
  asked: Params<"paymentMethodConfigurations.create">[Method],
): NonNullable<PaymentMethodConfiguration[Method]> {
  const preference =
    asked?.display_preference?.preference ??
    before?.display_preference.preference ??
    "none";
  const value = preference === "off" ? "off" : "on";
  return {
    available: value === "on",
    display_preference: { overridable: null, preference, value },
  };
}

function changed(
  before: PaymentMethodConfiguration,
  params: Params<"paymentMethodConfigurations.update">,
): PaymentMethodConfiguration {
  return {
    ...before,
    active: params.active ?? before.active,
    name: params.name ?? before.name,
    card: preferred(before.card, params.card),
    us_bank_account: preferred(before.us_bank_account, params.us_bank_account),
  };
}

const kind = "payment_method_configuration";

export const paymentMethodConfigurationOperations = [
  operation("paymentMethodConfigurations.create", {
    built: CONFIGURED,
    run(ctx, params) {
      const blank: PaymentMethodConfiguration = {
        id: newId("pmc"),
        object: kind,
        active: true,
        application: null,
        is_default: false,
        livemode: false,
        name: "",
        parent: null,
      };
      const configuration = changed(blank, params);
      ctx.store.put(kind, configuration);
      return configuration;
    },
  }),
  retrieval("paymentMethodConfigurations.retrieve", kind),
  operation("paymentMethodConfigurations.update", {
    built: `active ${CONFIGURED}`,
    run(ctx, params, [id]) {
      const before = requireOne(ctx, kind, id, { param: "configuration" });
      const configuration = changed(before, params);
      ctx.store.put(kind, configuration);
      return configuration;
    },
  }),
  operation("paymentMethodConfigurations.list", {
    built: PAGED,
    run: (ctx, params) =>
      listOf(ctx, {
        kind,
        url: "/v1/payment_method_configurations",
        params,
      }),
  }),
];
