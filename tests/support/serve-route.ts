import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";

/** Serves one route handler on a free port. */
export async function serveRoute(
  handler: (request: Request) => Promise<Response>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((incoming, outgoing) => {
    const headers = new Headers(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        String(value),
      ]),
    );
    const body = Readable.toWeb(incoming) as ReadableStream<Uint8Array>;
    const request = new Request("http://localhost:3000/", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    void handler(request).then(async (answer) => {
      outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
      outgoing.end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}/api/webhooks/stripe` };
}
