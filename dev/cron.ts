const EVERY_MS = 5000;
/** Healing goes through everything at Stripe: of this many ticks, one. */
const HEAL_EVERY = 120;

/**
 * Drives the app's cron routes as a host's scheduler would. Quiet while it works; says once that it
 * stopped working, after the app was up.
 */
export function startCron(options: {
  appUrl: string;
  secret: string;
  log: (line: string) => void;
}): { close(): void } {
  const { appUrl, secret, log } = options;
  const stop = new AbortController();
  let wasUp = false;
  let failing = false;
  let ticks = 0;

  const tick = async () => {
    ticks += 1;
    const path =
      ticks % HEAL_EVERY === 0 ? "/api/cron/heal" : "/api/cron/drain";
    const problem = await call(`${appUrl}${path}`, secret, stop.signal);
    if (stop.signal.aborted) return;
    if (problem && wasUp && !failing) {
      log(`cron: POST ${path} ${problem}`);
    }
    failing = problem !== null;
    if (!problem) wasUp = true;
    setTimeout(() => void tick(), EVERY_MS).unref();
  };
  void tick();

  return { close: () => stop.abort() };
}

/** What went wrong, in words, or null. */
async function call(
  url: string,
  secret: string,
  stop: AbortSignal,
): Promise<string | null> {
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.any([stop, AbortSignal.timeout(60_000)]),
    });
    await response.arrayBuffer();
    return response.ok ? null : `answered ${response.status}`;
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
