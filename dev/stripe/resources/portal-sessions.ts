import { checkUrl } from "../checks";
import { nulls } from "../contract/nulls";
import { invalidRequest, missingParam } from "../errors";
import { emit } from "../events";
import { newId, randomText } from "../ids";
import type { PortalSession } from "../objects";
import { operation } from "../operation";
import { requireCustomer } from "./customers";
import { FLOWS, readFlow } from "./portal-flows";
import {
  defaultConfiguration,
  requireConfiguration,
} from "./portal-configurations";

/** An unused link dies after five minutes, a used one an hour after its last visit. */
const UNUSED_SECONDS = 5 * 60;
export const VISITED_SECONDS = 60 * 60;

export const portalSessionOperations = [
  operation("billingPortal.sessions.create", {
    built: `configuration customer locale return_url ${FLOWS}`,
    run(ctx, params) {
      checkUrl(params.return_url, "return_url");
      if (!params.customer) throw missingParam("customer");
      const customer = requireCustomer(ctx, params.customer);
      const at = { param: "configuration", status: 400 } as const;
      const configuration = params.configuration
        ? requireConfiguration(ctx, params.configuration, at)
        : defaultConfiguration(ctx);
      if (!configuration.active) {
        throw invalidRequest(
          `The configuration ${configuration.id} is not active.`,
          at,
        );
      }
      const session: PortalSession = {
        ...nulls("BillingPortal.Session"),
        id: newId("bps"),
        object: "billing_portal.session",
        after_expiration: null,
        configuration: configuration.id,
        created: ctx.clock.now(),
        customer: customer.id,
        flow: params.flow_data
          ? readFlow(ctx, params.flow_data, { configuration, customer })
          : null,
        livemode: false,
        locale: params.locale ?? null,
        return_url: params.return_url ?? configuration.default_return_url,
        url: `${ctx.origin}/p/session/test_${randomText(32)}`,
      };
      ctx.store.put("portal_session", session);
      ctx.store.put("portal_visit", {
        id: session.id,
        expires_at: ctx.clock.now() + UNUSED_SECONDS,
        flow_done: false,
      });
      emit(ctx, "billing_portal.session.created", session);
      return session;
    },
  }),
];
