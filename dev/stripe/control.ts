import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";
import { z } from "zod";
import type { Api } from "./api";
import type { Deliveries } from "./deliveries";
import { readBody } from "./read-body";
import { allKinds, type Kind } from "./records";
import { settleDebit } from "./resources/bank-debits";
import { billingSettings } from "./resources/billing-settings";
import { LONGEST_OVERLAP, rollSecret } from "./resources/endpoint-secrets";
import { reissueCard } from "./resources/hearsay";
import { defaultConfiguration } from "./resources/portal-configurations";
import { withoutRequest } from "./context";
import type { Schedule } from "./schedule";
import { restoreSnapshot, saveSnapshot } from "./snapshots";

export type Control = {
  api: Api;
  dataDir: string;
  deliveries: Deliveries;
  schedule: Schedule;
};

const KEPT: Kind[] = [
  "account",
  "payment_method_configuration",
  "portal_configuration",
  "price",
  "product",
  "rolled_secret",
  "webhook_endpoint",
];

const faultSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string().startsWith("/"),
  status: z.number().int().min(400).max(599).optional(),
  permission: z
    .string()
    .regex(/^rak_\w+$/)
    .optional(),
  dropAnswer: z.boolean().optional(),
  delayMs: z.number().int().min(0).max(60_000).optional(),
  hold: z.enum(["answer", "request"]).optional(),
  count: z.number().int().min(1).default(1),
});
const releaseSchema = faultSchema.pick({ method: true, path: true });
const eventFaultSchema = z.strictObject({
  act: z.enum(["delay", "drop", "duplicate", "reorder", "suppress"]),
  type: z.string().optional(),
  delayMs: z.number().int().min(0).max(60_000).default(200),
  count: z.number().int().min(1).default(1),
  seed: z
    .number()
    .int()
    .min(1)
    .default(() => 1 + (Date.now() % 1_000_000)),
});
const clockSchema = z.strictObject({
  advance_seconds: z.number().int().min(0),
});
const billingSchema = z.strictObject({
  retry_days: z.array(z.number().int().min(1)).max(8).optional(),
  after_retries: z.enum(["cancel", "past_due", "unpaid"]).optional(),
  upcoming_days: z.number().int().min(1).max(60).optional(),
});
const debitSchema = z.strictObject({
  payment_intent: z.string(),
  outcome: z.enum(["arrived", "failed"]),
});
const cardSchema = z.strictObject({
  payment_method: z.string(),
  number: z.string().default("4242424242424242"),
});
const secretSchema = z.strictObject({
  endpoint: z.string(),
  overlap_seconds: z
    .number()
    .int()
    .min(0)
    .max(LONGEST_OVERLAP)
    .default(LONGEST_OVERLAP),
});
const snapshotSchema = z.strictObject({
  name: z.string().regex(/^[\w-]{1,60}$/),
});
const webhooksSchema = z.strictObject({ paused: z.boolean() });

/** The switches that tests and the developer use; no part of Stripe. */
export async function answerControl(
  control: Control,
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
): Promise<void> {
  const body = await readBody(request);
  const result = act(control, `${request.method} ${path}`, body);
  response.writeHead(result.status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(result.body, null, 2));
}

function act(
  control: Control,
  route: string,
  body: string,
): { status: number; body: object } {
  try {
    const done = perform(control, route, body);
    return done
      ? { status: 200, body: done }
      : { status: 404, body: { error: `No such control: ${route}` } };
  } catch (error) {
    if (!(error instanceof z.ZodError || error instanceof SyntaxError))
      throw error;
    return { status: 400, body: { error: error.message } };
  }
}

function perform(
  control: Control,
  route: string,
  body: string,
): object | undefined {
  const { api, deliveries, schedule } = control;
  switch (route) {
    case "POST /_emulator/reset":
      reset(control);
      return state(api);
    case "POST /_emulator/snapshot":
      saveSnapshot(api.store, snapshotFile(control, body));
      return state(api);
    case "POST /_emulator/restore": {
      if (!restoreSnapshot(api.store, snapshotFile(control, body)))
        return undefined;
      forget(control);
      api.wake();
      return state(api);
    }
    case "GET /_emulator/state":
      return state(api);
    case "POST /_emulator/webhooks": {
      const { paused } = webhooksSchema.parse(JSON.parse(body));
      api.store.put("switch", { id: "webhooks", paused });
      deliveries.rearm();
      return state(api);
    }
    case "POST /_emulator/clock": {
      const { advance_seconds } = clockSchema.parse(JSON.parse(body));
      schedule.run(advance_seconds);
      deliveries.rearm();
      return state(api);
    }
    case "POST /_emulator/billing": {
      const given = billingSchema.parse(JSON.parse(body));
      api.store.put("settings", { ...billingSettings(api), ...given });
      return billingSettings(api);
    }
    case "POST /_emulator/debits": {
      const { payment_intent, outcome } = debitSchema.parse(JSON.parse(body));
      api.store.transact(() =>
        settleDebit(withoutRequest(api), payment_intent, outcome),
      );
      api.wake();
      return state(api);
    }
    case "POST /_emulator/secrets": {
      const { endpoint, overlap_seconds } = secretSchema.parse(
        JSON.parse(body),
      );
      const known = api.store.get("webhook_endpoint", endpoint);
      return known && rollSecret(withoutRequest(api), known, overlap_seconds);
    }
    case "POST /_emulator/cards": {
      const { payment_method, number } = cardSchema.parse(JSON.parse(body));
      const reissued = api.store.transact(() =>
        reissueCard(withoutRequest(api), payment_method, number),
      );
      api.wake();
      return reissued;
    }
    case "POST /_emulator/faults":
      api.faults.add(faultSchema.parse(JSON.parse(body)));
      return { faults: api.faults.list() };
    case "POST /_emulator/release": {
      const { method, path } = releaseSchema.parse(JSON.parse(body));
      api.faults.release(method, path);
      return { faults: api.faults.list() };
    }
    case "DELETE /_emulator/faults":
      api.faults.clear();
      return { faults: api.faults.list() };
    case "DELETE /_emulator/event-faults":
      api.eventFaults?.clear();
      return { faults: api.eventFaults?.list() };
    case "POST /_emulator/event-faults":
      api.eventFaults?.add(eventFaultSchema.parse(JSON.parse(body)));
      return { faults: api.eventFaults?.list() };
    default:
      return undefined;
  }
}

/** Forgets people and money; keeps what a running app was set up with. */
function reset(control: Control): void {
  const { api } = control;
  api.store.transact(() => {
    api.store.clear(allKinds().filter((kind) => !KEPT.includes(kind)));
    defaultConfiguration(withoutRequest(api));
  });
  forget(control);
}

/** What lives with the process is of the state before: what is on its way, and what shall go wrong. */
function forget({ api, deliveries }: Control): void {
  deliveries.forget();
  api.faults.clear();
  api.eventFaults?.clear();
  api.counts.clear();
}

function snapshotFile({ dataDir }: Control, body: string): string {
  const { name } = snapshotSchema.parse(JSON.parse(body));
  return path.join(dataDir, "snapshots", `${name}.jsonl`);
}

function state(api: Api): object {
  const { clock, store } = api;
  return {
    clock: { now: clock.now(), offset_seconds: clock.offset() },
    webhooks: { paused: store.get("switch", "webhooks")?.paused ?? false },
    counts: Object.fromEntries(
      allKinds().map((kind) => [kind, store.ids(kind).length]),
    ),
    pending_deliveries: store
      .all("delivery")
      .map(({ event, endpoint, attempts, next_at }) => ({
        event,
        type: store.get("event", event)?.type,
        url: store.get("webhook_endpoint", endpoint)?.url,
        attempts,
        next_at: next_at === null ? null : Math.floor(next_at / 1000),
      })),
    faults: api.faults.list(),
    requests: Object.fromEntries(api.counts),
  };
}
