import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type Stripe from "stripe";
import { vi } from "vitest";
import { setUp } from "@/lib/cli/setup";
import { checks } from "@/lib/doctor/checks";
import { examine, type Examined } from "@/lib/doctor/examine";
import type { World } from "./world";

export const firstWrong = (examined: readonly Examined[]) =>
  examined.find(({ state }) => state === "wrong");

/** What the doctor names first, in this deployment as it is. */
export const look = async () => firstWrong(await examine(checks));

/** The same with other settings, which the app reads once. */
export async function lookWith(
  settings: Record<string, string>,
): Promise<Examined | undefined> {
  const before = { ...process.env };
  Object.assign(process.env, settings);
  vi.resetModules();
  try {
    const fresh = await import("@/lib/doctor/checks");
    return firstWrong(await examine(fresh.checks));
  } finally {
    for (const name of Object.keys(settings)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** Breaks one thing, and says what the doctor names first; whole again afterwards. */
export async function broken(
  by: () => Promise<unknown>,
  mend: () => Promise<unknown>,
  as = look,
): Promise<Examined | undefined> {
  await by();
  try {
    return await as();
  } finally {
    await mend();
  }
}

/** The command, as a deployment with these settings runs it. */
export async function command(
  settings: Record<string, string>,
  ...args: string[]
) {
  const env = { ...process.env, ...settings };
  const argv = ["--import", "tsx", "lib/cli/doctor.ts", ...args];
  const { code, stdout } = await promisify(execFile)(process.execPath, argv, {
    env,
  })
    .then(({ stdout }) => ({ code: 0, stdout }))
    .catch((error: { code: number; stdout: string }) => error);
  const [, first = ""] = /^✗ (.+?) {2}/m.exec(stdout) ?? [];
  return { code, first, stdout };
}

/** What the stories about the doctor change at Stripe. */
export function doctorActs(world: World) {
  const endpoint = async (): Promise<Stripe.WebhookEndpoint> => {
    const { data } = await world.stripe.webhookEndpoints.list();
    if (!data[0]) throw new Error("no endpoint");
    return data[0];
  };

  const updateEndpoint = async (
    params: Stripe.WebhookEndpointUpdateParams,
  ): Promise<unknown> =>
    world.stripe.webhookEndpoints.update((await endpoint()).id, params);

  const priceOf = async (lookupKey: string): Promise<Stripe.Price> => {
    const { data } = await world.stripe.prices.list({
      lookup_keys: [lookupKey],
    });
    if (!data[0]) throw new Error(`no price ${lookupKey}`);
    return data[0];
  };

  return { endpoint, updateEndpoint, priceOf };
}

export const bringInLine = () => setUp({}, () => {});
