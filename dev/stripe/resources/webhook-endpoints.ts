import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { newId, randomText } from "../ids";
import { listOf, listParams } from "../lists";
import type { WebhookEndpoint } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

function requireEndpoint(ctx: Context, id: string): WebhookEndpoint {
  const endpoint = ctx.store.get("webhook_endpoint", id);
  if (!endpoint)
    throw noSuch("webhook endpoint", id, { param: "webhook_endpoint" });
  return endpoint;
}

/** The secret is shown once, by create. */
function shown(endpoint: WebhookEndpoint): object {
  const { secret: _secret, ...rest } = endpoint;
  return rest;
}

export const webhookEndpointOperations = [
  operation({
    method: "POST",
    path: "/v1/webhook_endpoints",
    params: {
      enabled_events: p.required(p.array(p.string())),
      url: p.required(p.url()),
      api_version: p.string(),
      connect: p.boolean(),
      description: p.unsettable(p.string()),
      metadata: p.metadata(),
    },
    run(ctx, params) {
      if (ctx.store.ids("webhook_endpoint").length >= 16) {
        throw invalidRequest(
          "You have reached the maximum of 16 test webhook endpoints.",
        );
      }
      const endpoint: WebhookEndpoint = {
        id: newId("we"),
        object: "webhook_endpoint",
        api_version: params.api_version ?? null,
        application: null,
        created: ctx.clock.now(),
        description: params.description ?? null,
        enabled_events: params.enabled_events,
        livemode: false,
        metadata: p.mergeMetadata({}, params.metadata),
        secret: `whsec_${randomText(32)}`,
        status: "enabled",
        url: params.url,
      };
      ctx.store.put("webhook_endpoint", endpoint);
      return endpoint;
    },
  }),
  operation({
    method: "GET",
    path: "/v1/webhook_endpoints/:id",
    params: {},
    run: (ctx, _params, [id]) => shown(requireEndpoint(ctx, id)),
  }),
  operation({
    method: "POST",
    path: "/v1/webhook_endpoints/:id",
    params: {
      description: p.unsettable(p.string()),
      disabled: p.boolean(),
      enabled_events: p.array(p.string()),
      metadata: p.metadata(),
      url: p.url(),
    },
    run(ctx, params, [id]) {
      const before = requireEndpoint(ctx, id);
      const { disabled, description } = params;
      const endpoint: WebhookEndpoint = {
        ...before,
        description:
          description === undefined ? before.description : description,
        enabled_events: params.enabled_events ?? before.enabled_events,
        metadata: p.mergeMetadata(before.metadata, params.metadata),
        status:
          disabled === undefined
            ? before.status
            : disabled
              ? "disabled"
              : "enabled",
        url: params.url ?? before.url,
      };
      ctx.store.put("webhook_endpoint", endpoint);
      return shown(endpoint);
    },
  }),
  operation({
    method: "DELETE",
    path: "/v1/webhook_endpoints/:id",
    params: {},
    run(ctx, _params, [id]) {
      requireEndpoint(ctx, id);
      ctx.store.remove("webhook_endpoint", id);
      return { id, object: "webhook_endpoint", deleted: true };
    },
  }),
  operation({
    method: "GET",
    path: "/v1/webhook_endpoints",
    params: listParams,
    run(ctx, params) {
      const list = listOf(ctx, {
        kind: "webhook_endpoint",
        what: "webhook endpoint",
        url: "/v1/webhook_endpoints",
        params,
      });
      return { ...list, data: list.data.map(shown) };
    },
  }),
];
