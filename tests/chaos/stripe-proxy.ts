import http from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { forward, readIncoming, respond, type Incoming } from "./http-forward";
import { listenOnFreePort } from "./listen";

/**
 * What becomes of a request to Stripe. `refused`: it never arrives. `lost`: executed, no answer. `half`:
 * executed, the answer is cut short. A number: not executed, that status instead; `late`: it takes so long.
 */
export type StripeFate =
  | { kind: "pass" }
  | { kind: "refused" }
  | { kind: "lost"; afterwards?: () => void }
  | { kind: "half" }
  | { kind: "status"; status: number }
  | { kind: "late"; ms: number };

export type StripeProxy = {
  port: number;
  origin: string;
  /** By how many seconds Stripe's clock is ahead of the app's. */
  shift(seconds: number): void;
  close(): Promise<void>;
};

/** Between the app and the emulator. Instances are told apart by their key. Pages pass untouched. */
export async function startStripeProxy(options: {
  target: () => number;
  decide: (request: {
    key: string;
    method: string;
    path: string;
  }) => StripeFate;
}): Promise<StripeProxy> {
  let ahead = 0;
  const server = http.createServer((request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  const answer = async (
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ) => {
    const incoming = await readIncoming(request);
    const to = { port: options.target() };
    if (!incoming.path.startsWith("/v1/"))
      return respond(response, await forward(to, incoming));
    const { method, path, headers } = incoming;
    const key = headers.authorization?.replace("Bearer ", "") ?? "";
    const fate = options.decide({ key, method, path });
    if (fate.kind === "refused") return void request.socket.destroy();
    if (fate.kind === "status") return respond(response, failure(fate.status));
    if (fate.kind === "late") await pause(fate.ms);
    const answered = await forward(to, translate(incoming, ahead));
    if (fate.kind === "lost") {
      fate.afterwards?.();
      return void request.socket.destroy();
    }
    if (fate.kind === "half") {
      response.writeHead(answered.status, {
        "content-type": "application/json",
        "content-length": answered.body.length,
      });
      response.write(answered.body.subarray(0, answered.body.length / 2));
      await pause(5);
      return void request.socket.destroy();
    }
    respond(response, answered);
  };
  const port = await listenOnFreePort(server);
  return {
    port,
    origin: `http://localhost:${port}`,
    shift: (seconds) => void (ahead = seconds),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Months pass at Stripe alone: what the app says in its own time is said in Stripe's. */
function translate(incoming: Incoming, ahead: number): Incoming {
  const { method, path, body } = incoming;
  const move = (text: string, name: string) =>
    text.replace(
      new RegExp(`(${name}=)(\\d+)`),
      (_, before: string, at: string) => `${before}${Number(at) + ahead}`,
    );
  if (method === "GET")
    return {
      ...incoming,
      path: move(path, "created(?:\\[|%5B)lte(?:\\]|%5D)"),
    };
  if (path !== "/v1/checkout/sessions") return incoming;
  return {
    ...incoming,
    body: Buffer.from(move(body.toString(), "expires_at")),
  };
}

function failure(status: number) {
  const error = {
    type: "api_error",
    message: `fault ${status}`,
    ...(status === 429 && { code: "rate_limit" }),
  };
  return {
    status,
    headers: { "content-type": "application/json" },
    body: Buffer.from(JSON.stringify({ error })),
  };
}
