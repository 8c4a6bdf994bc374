import type { Context } from "../context";
import { noSuch } from "../errors";
import { emit } from "../events";
import { listOf, PAGED } from "../lists";
import type { PortalConfiguration } from "../objects";
import { operation } from "../operation";
import {
  blankConfiguration,
  changedConfiguration,
  CONFIGURED,
} from "./portal-changes";

export function requireConfiguration(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "configuration" },
): PortalConfiguration {
  const configuration = ctx.store.get("portal_configuration", id);
  if (!configuration) throw noSuch("configuration", id, at);
  return configuration;
}

export function defaultConfiguration(ctx: Context): PortalConfiguration {
  const [known] = ctx.store.all("portal_configuration", {
    index: "default",
    key: "yes",
  });
  return known ?? createDefaultConfiguration(ctx);
}

function createDefaultConfiguration(ctx: Context): PortalConfiguration {
  const base = blankConfiguration(ctx);
  const { features: off } = base;
  const configuration: PortalConfiguration = {
    ...base,
    features: {
      ...off,
      customer_update: { allowed_updates: ["email", "tax_id"], enabled: true },
      invoice_history: { enabled: true },
      payment_method_update: {
        enabled: true,
        payment_method_configuration: null,
      },
      subscription_cancel: { ...off.subscription_cancel, enabled: true },
    },
    is_default: true,
  };
  ctx.store.put("portal_configuration", configuration);
  return configuration;
}

export const portalConfigurationOperations = [
  operation("billingPortal.configurations.create", {
    built: CONFIGURED,
    run(ctx, params) {
      const configuration = changedConfiguration(
        ctx,
        blankConfiguration(ctx),
        params,
      );
      ctx.store.put("portal_configuration", configuration);
      emit(ctx, "billing_portal.configuration.created", configuration);
      return configuration;
    },
  }),
  operation("billingPortal.configurations.retrieve", {
    run: (ctx, _params, [id]) => requireConfiguration(ctx, id),
  }),
  operation("billingPortal.configurations.update", {
    built: `active ${CONFIGURED}`,
    run(ctx, params, [id]) {
      const before = requireConfiguration(ctx, id);
      const configuration = changedConfiguration(ctx, before, params);
      ctx.store.put("portal_configuration", configuration);
      emit(ctx, "billing_portal.configuration.updated", configuration, before);
      return configuration;
    },
  }),
  operation("billingPortal.configurations.list", {
    built: `${PAGED} active is_default`,
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "portal_configuration",
        what: "configuration",
        url: "/v1/billing_portal/configurations",
        params,
        where: { active: params.active, is_default: params.is_default },
      }),
  }),
];
