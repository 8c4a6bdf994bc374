import { boundary } from "../calendar";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import type { Params } from "../contract/params";
import { invalidRequest, missingParam, noSuch, notBuilt } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { mergeMetadata } from "../metadata";
import type {
  SchedulePhase,
  Subscription,
  SubscriptionSchedule,
} from "../objects";
import { listing } from "../lookup";
import { operation } from "../operation";
import { requirePrice } from "./prices";
import { enterPhase, putSchedule, releaseSchedule } from "./schedule-phases";
import { cancelNow } from "./subscription-cancel";
import { requireSubscription } from "./subscriptions";
import { onClockOf } from "./clock-of";

type AskedPhase = NonNullable<
  Params<"subscriptionSchedules.update">["phases"]
>[number];

function enter(world: Context, id: string): [Context, SubscriptionSchedule] {
  const schedule = world.store.get("subscription_schedule", id);
  if (!schedule) throw noSuch("subscription_schedule", id, { param: "id" });
  return [onClockOf(world, schedule), schedule];
}

function phaseOf(
  subscription: Subscription,
  given: Pick<SchedulePhase, "end_date" | "items" | "start_date"> &
    Partial<SchedulePhase>,
): SchedulePhase {
  return {
    add_invoice_items: [],
    application_fee_percent: null,
    billing_cycle_anchor: null,
    billing_thresholds: null,
    collection_method: null,
    currency: subscription.currency,
    default_payment_method: null,
    default_tax_rates: [],
    description: null,
    discounts: [],
    invoice_settings: null,
    metadata: {},
    on_behalf_of: null,
    proration_behavior: "create_prorations",
    transfer_data: null,
    trial_end: null,
    ...given,
  };
}

function itemOf(price: string, quantity: number, metadata = {}) {
  return {
    billing_thresholds: null,
    discounts: [],
    metadata,
    plan: price,
    price,
    quantity,
    tax_rates: [],
  };
}

/** The running period of a subscription, as the first phase of a schedule made from it. */
function runningPhase(subscription: Subscription): SchedulePhase {
  const items = subscription.items.data;
  return phaseOf(subscription, {
    start_date: Math.min(...items.map((item) => item.current_period_start)),
    end_date: Math.min(...items.map((item) => item.current_period_end)),
    items: items.map(({ price, quantity }) => itemOf(price.id, quantity)),
  });
}

/** Phases follow on one another; the last may be as long as one period of its price. */
function phasesOf(
  ctx: Context,
  subscription: Subscription,
  asked: AskedPhase[],
  begin: number,
): SchedulePhase[] {
  let start = begin;
  return asked.map((phase, at) => {
    const given = phase.start_date;
    if (at > 0 && typeof given === "number" && given !== start)
      throw invalidRequest(
        "Each phase must start when the one before it ends.",
        {
          param: `phases[${at}][start_date]`,
        },
      );
    const items = phase.items.map((item, n) => {
      const param = `phases[${at}][items][${n}][price]`;
      if (!item.price) throw missingParam(param);
      const price = requirePrice(ctx, item.price, { param, status: 400 });
      return { price, quantity: item.quantity ?? 1 };
    });
    const every = phase.duration ?? items[0]?.price.recurring;
    if (!every) throw missingParam(`phases[${at}][items]`);
    const { interval, interval_count = 1 } = every;
    const end =
      typeof phase.end_date === "number"
        ? phase.end_date
        : boundary(start, { interval, interval_count }, 1);
    const made = phaseOf(subscription, {
      start_date: start,
      end_date: end,
      items: items.map(({ price, quantity }) => itemOf(price.id, quantity)),
      metadata: mergeMetadata({}, phase.metadata),
      ...(phase.proration_behavior && {
        proration_behavior: phase.proration_behavior,
      }),
    });
    start = end;
    return made;
  });
}

export const subscriptionScheduleOperations = [
  operation("subscriptionSchedules.create", {
    built: "from_subscription metadata",
    run(world, params) {
      const id = params.from_subscription;
      if (!id) throw notBuilt("a schedule without from_subscription");
      const at = { param: "from_subscription", status: 400 } as const;
      const subscription = requireSubscription(world, id, at);
      const ctx = onClockOf(world, subscription);
      if (subscription.schedule || subscription.ended_at !== null)
        throw invalidRequest(
          `You cannot migrate a subscription that is already attached to a schedule or ended: ${id}.`,
          { param: "from_subscription" },
        );
      const phase = runningPhase(subscription);
      const schedule: SubscriptionSchedule = {
        ...nulls("SubscriptionSchedule"),
        id: newId("sub_sched"),
        object: "subscription_schedule",
        billing_mode: subscription.billing_mode,
        created: ctx.clock.now(),
        current_phase: {
          end_date: phase.end_date,
          start_date: phase.start_date,
        },
        customer: subscription.customer,
        default_settings: {
          application_fee_percent: null,
          billing_cycle_anchor: "automatic",
          billing_thresholds: null,
          collection_method: "charge_automatically",
          default_payment_method: null,
          description: null,
          invoice_settings: {
            account_tax_ids: null,
            custom_fields: null,
            days_until_due: null,
            description: null,
            footer: null,
            issuer: { type: "self" },
          },
          on_behalf_of: null,
          transfer_data: null,
        },
        end_behavior: "release",
        livemode: false,
        metadata: mergeMetadata({}, params.metadata),
        pause_schedules: [],
        phases: [phase],
        status: "active",
        subscription: id,
        test_clock: subscription.test_clock,
      };
      ctx.store.put("subscription_schedule", schedule);
      const after = { ...subscription, schedule: schedule.id };
      ctx.store.put("subscription", after);
      emit(ctx, "subscription_schedule.created", schedule);
      emit(ctx, "customer.subscription.updated", after, subscription);
      return schedule;
    },
  }),
  operation("subscriptionSchedules.retrieve", {
    run: (world, _params, [id]) => enter(world, id)[1],
  }),
  operation("subscriptionSchedules.update", {
    built: `end_behavior=cancel|release metadata phases[].duration phases[].end_date
      phases[].items[].price phases[].items[].quantity phases[].metadata phases[].proration_behavior
      phases[].start_date proration_behavior`,
    run(world, params, [id]) {
      const [ctx, before] = enter(world, id);
      if (before.status !== "active" || !before.subscription)
        throw invalidRequest(
          `You cannot update a subscription schedule that is ${before.status}.`,
        );
      const subscription = requireSubscription(ctx, before.subscription);
      const begin = before.current_phase?.start_date ?? ctx.clock.now();
      const phases = params.phases
        ? phasesOf(ctx, subscription, params.phases, begin)
        : before.phases;
      const [first] = phases;
      const after: SubscriptionSchedule = {
        ...before,
        current_phase: first
          ? { end_date: first.end_date, start_date: first.start_date }
          : before.current_phase,
        end_behavior: params.end_behavior ?? before.end_behavior,
        metadata: mergeMetadata(before.metadata ?? {}, params.metadata),
        phases,
      };
      if (first && params.phases)
        enterPhase(ctx, subscription, {
          ...first,
          metadata: null,
          ...(params.proration_behavior && {
            proration_behavior: params.proration_behavior,
          }),
        });
      return putSchedule(ctx, before, after);
    },
  }),
  operation("subscriptionSchedules.release", {
    run(world, _params, [id]) {
      const [ctx, before] = enter(world, id);
      if (before.status !== "active")
        throw invalidRequest(
          `You cannot release a subscription schedule that is ${before.status}.`,
        );
      return releaseSchedule(ctx, before);
    },
  }),
  operation("subscriptionSchedules.cancel", {
    run(world, _params, [id]) {
      const [ctx, before] = enter(world, id);
      if (before.status !== "active")
        throw invalidRequest(
          `You cannot cancel a subscription schedule that is ${before.status}.`,
        );
      cancelNow(ctx, requireSubscription(ctx, before.subscription ?? ""), {});
      const canceled: SubscriptionSchedule = {
        ...before,
        canceled_at: ctx.clock.now(),
        current_phase: null,
        status: "canceled",
      };
      return putSchedule(
        ctx,
        before,
        canceled,
        "subscription_schedule.canceled",
      );
    },
  }),
  listing("subscriptionSchedules.list", "subscription_schedule", {
    url: "/v1/subscription_schedules",
    filters: "created customer",
    what: "subscription_schedule",
  }),
];
