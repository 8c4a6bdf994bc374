import http from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi, type Api } from "./api";
import { createClock } from "./clock";
import { withoutRequest } from "./context";
import { answerControl, type Control } from "./control";
import { createDeliveries } from "./deliveries";
import { createEventFaults } from "./event-faults";
import { createFaults } from "./faults";
import { forgetOldAnswers } from "./idempotency";
import { answerPage } from "./pages/answer-page";
import { defaultConfiguration } from "./resources/portal-configurations";
import { createSchedule } from "./schedule";
import { openStore, type Store } from "./store";

export type Emulator = { origin: string; port: number; close(): Promise<void> };

/** Starts the emulator on 127.0.0.1 (and localhost); state lives in `dataDir` and survives restarts and kill -9. port 0 = any free port. */
export async function startEmulator(options: {
  port: number;
  dataDir: string;
  strict?: boolean;
  /** Where its pages are reached from outside, if something stands before it. */
  origin?: string;
}): Promise<Emulator> {
  let answer: http.RequestListener = (_request, response) =>
    response.writeHead(503).end();
  const servers = await listen(options.port, (request, response) =>
    answer(request, response),
  );
  const port = portOf(servers[0]);
  const origin = options.origin ?? `http://localhost:${port}`;

  const store = await openOrRelease(options.dataDir, servers);
  const clock = createClock(store);
  const deliveries = createDeliveries({ clock, store });
  const api: Api = {
    clock,
    origin,
    store,
    strict: options.strict ?? false,
    wake() {
      schedule.note();
      deliveries.wake();
    },
    counts: new Map(),
    log: [],
    faults: createFaults(),
    eventFaults: createEventFaults(),
    running: new Set(),
  };
  const schedule = createSchedule(api);
  const { dataDir } = options;
  const control: Control = { api, dataDir, deliveries, schedule };
  store.transact(() => {
    defaultConfiguration(withoutRequest(api));
    forgetOldAnswers(store, clock.now());
  });
  schedule.run();
  deliveries.wake();

  answer = (request, response) => {
    route(control, request, response).catch((error: unknown) => {
      console.error("stripe emulator:", error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  return {
    origin,
    port,
    async close() {
      schedule.close();
      deliveries.close();
      await Promise.all(servers.map(closeServer));
      store.close();
    },
  };
}

async function openOrRelease(
  dataDir: string,
  servers: http.Server[],
): Promise<Store> {
  try {
    return openStore(dataDir);
  } catch (error) {
    await Promise.all(servers.map(closeServer));
    const message = `The Stripe emulator cannot read its state in ${dataDir}; delete that folder to begin anew.`;
    throw new Error(message, { cause: error });
  }
}

async function route(
  control: Control,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  control.schedule.run();
  const [path = "/"] = (request.url ?? "/").split("?");
  if (/^\/v[12]\//.test(path)) return answerApi(control.api, request, response);
  if (path.startsWith("/_emulator/"))
    return answerControl(control, request, response, path);
  return answerPage(control, request, response);
}

/** Both loopback addresses, since `localhost` means either; IPv6 may be absent. */
async function listen(
  port: number,
  answer: http.RequestListener,
): Promise<http.Server[]> {
  const first = await listenOn("127.0.0.1", port, answer);
  try {
    return [first, await listenOn("::1", portOf(first), answer)];
  } catch (error) {
    if (codeOf(error) !== "EADDRINUSE") return [first];
    await closeServer(first);
    if (port === 0) return listen(0, answer);
    throw new Error(
      `The Stripe emulator cannot start: port ${port} is taken.`,
      { cause: error },
    );
  }
}

function listenOn(
  host: string,
  port: number,
  answer: http.RequestListener,
): Promise<http.Server> {
  const server = http.createServer(answer);
  return new Promise((resolve, reject) => {
    server.once("error", (error) => {
      const taken = host === "127.0.0.1" && codeOf(error) === "EADDRINUSE";
      const message = `The Stripe emulator cannot start: port ${port} is taken.`;
      reject(taken ? new Error(message, { cause: error }) : error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

function portOf(server: http.Server | undefined): number {
  const address: AddressInfo | string | null | undefined = server?.address();
  if (!address || typeof address === "string")
    throw new Error("the emulator is not listening");
  return address.port;
}

function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
