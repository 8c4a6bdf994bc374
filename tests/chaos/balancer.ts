import http from "node:http";
import { forward, readIncoming, respond, type Incoming } from "./http-forward";
import { listenOnFreePort } from "./listen";

export type Balancer = {
  port: number;
  origin: string;
  /** Every event that the app has answered with 2xx: it must never be lost. */
  acknowledged: Set<string>;
  close(): Promise<void>;
};

/** The one address of all instances, as a host's own balancer: round robin, and past those that do not listen. */
export async function startBalancer(options: {
  targets: () => number[];
  /** Whether the answer to this webhook is lost on its way to Stripe. */
  losesAnswer: () => boolean;
}): Promise<Balancer> {
  const acknowledged = new Set<string>();
  let turn = 0;
  const pass = async (incoming: Incoming) => {
    const targets = options.targets();
    turn += 1;
    for (let tried = 0; ; tried += 1) {
      const port = targets[(turn + tried) % targets.length] ?? 0;
      try {
        return await forward({ port }, incoming);
      } catch (error) {
        const closed =
          error instanceof Error &&
          "code" in error &&
          error.code === "ECONNREFUSED";
        if (!closed || tried + 1 >= targets.length) throw error;
      }
    }
  };
  const server = http.createServer((request, response) => {
    void (async () => {
      try {
        const incoming = await readIncoming(request);
        const answer = await pass(incoming);
        if (incoming.path === "/api/webhooks/stripe") {
          const { id } = JSON.parse(incoming.body.toString()) as { id: string };
          if (answer.status >= 200 && answer.status < 300) acknowledged.add(id);
          if (options.losesAnswer()) return void request.socket.destroy();
        }
        respond(response, answer);
      } catch {
        if (!response.headersSent) response.writeHead(502);
        response.end();
      }
    })();
  });
  const port = await listenOnFreePort(server);
  return {
    port,
    origin: `http://localhost:${port}`,
    acknowledged,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
