const EVERY_MS = 5000;

/**
 * Drives the app's cron route as a host's scheduler would. Quiet while it works; says once that it
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

  const tick = async () => {
    const problem = await drain(appUrl, secret, stop.signal);
    if (stop.signal.aborted) return;
    if (problem && wasUp && !failing) {
      log(`cron: POST /api/cron/drain ${problem}`);
    }
    failing = problem !== null;
    if (!problem) wasUp = true;
    setTimeout(() => void tick(), EVERY_MS).unref();
  };
  void tick();

  return { close: () => stop.abort() };
}

/** What went wrong, in words, or null. */
async function drain(
  appUrl: string,
  secret: string,
  stop: AbortSignal,
): Promise<string | null> {
  try {
    const response = await fetch(`${appUrl}/api/cron/drain`, {
      method: "POST",
      headers: { authorization: `Bearer ${secret}` },
      signal: AbortSignal.any([stop, AbortSignal.timeout(30_000)]),
    });
    await response.arrayBuffer();
    return response.ok ? null : `answered ${response.status}`;
  } catch (error) {
    return `failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
