import { checkExclusive } from "../checks";
import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { listOf, PAGED } from "../lists";
import type { Event } from "../objects";
import { operation } from "../operation";

const MONTH = 30 * 86_400;

/** The event with the number of endpoints that have not accepted it yet. */
export function currentEvent(ctx: Pick<Context, "store">, event: Event): Event {
  const pending = ctx.store.ids("delivery", {
    index: "event",
    key: event.id,
  }).length;
  return { ...event, pending_webhooks: pending };
}

export const eventOperations = [
  operation("events.retrieve", {
    run(ctx, _params, [id]) {
      const event = ctx.store.get("event", id);
      if (!event) throw noSuch("event", id, { param: "id" });
      return currentEvent(ctx, event);
    },
  }),
  operation("events.list", {
    built: `${PAGED} created delivery_success type types`,
    run(ctx, params) {
      const { type, types, delivery_success: delivered } = params;
      checkExclusive(params, ["type", "types"]);
      if (types && types.length > 20) {
        throw invalidRequest("You may provide at most 20 types.", {
          param: "types",
        });
      }
      const oldest = ctx.clock.now() - MONTH;
      const whole = type?.includes("*") ? undefined : type;
      const list = listOf(ctx, {
        kind: "event",
        what: "event",
        url: "/v1/events",
        params,
        where: { type: whole },
        keep: (event) =>
          event.created > oldest &&
          (!type || fits(event.type, type)) &&
          (!types || types.includes(event.type)) &&
          (delivered === undefined ||
            (currentEvent(ctx, event).pending_webhooks === 0) === delivered),
      });
      return {
        ...list,
        data: list.data.map((event) => currentEvent(ctx, event)),
      };
    },
  }),
];

/** `invoice.*` asks for a whole family. */
function fits(type: string, asked: string): boolean {
  return asked.endsWith("*")
    ? type.startsWith(asked.slice(0, -1))
    : type === asked;
}
