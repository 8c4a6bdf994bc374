import { checkUrl } from "../checks";
import type { Context } from "../context";
import { given } from "../given";
import { invalidRequest, noSuch } from "../errors";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { mergeMetadata } from "../metadata";
import type { WebhookEndpoint } from "../objects";
import { operation } from "../operation";
import { newSecret } from "./endpoint-secrets";

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
  operation("webhookEndpoints.create", {
    built: "api_version connect=false description enabled_events metadata url",
    run(ctx, params) {
      checkUrl(params.url, "url");
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
        metadata: mergeMetadata({}, params.metadata),
        secret: newSecret(),
        status: "enabled",
        url: params.url,
      };
      ctx.store.put("webhook_endpoint", endpoint);
      return endpoint;
    },
  }),
  operation("webhookEndpoints.retrieve", {
    run: (ctx, _params, [id]) => shown(requireEndpoint(ctx, id)),
  }),
  operation("webhookEndpoints.update", {
    built: "description disabled enabled_events metadata url",
    run(ctx, params, [id]) {
      const before = requireEndpoint(ctx, id);
      checkUrl(params.url, "url");
      const { disabled, metadata, ...changes } = params;
      const endpoint: WebhookEndpoint = {
        ...before,
        ...given(changes),
        metadata: mergeMetadata(before.metadata, metadata),
        ...(disabled !== undefined && {
          status: disabled ? "disabled" : "enabled",
        }),
      };
      ctx.store.put("webhook_endpoint", endpoint);
      return shown(endpoint);
    },
  }),
  operation("webhookEndpoints.del", {
    run(ctx, _params, [id]) {
      requireEndpoint(ctx, id);
      ctx.store.remove("webhook_endpoint", id);
      return { id, object: "webhook_endpoint", deleted: true };
    },
  }),
  operation("webhookEndpoints.list", {
    built: PAGED,
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
