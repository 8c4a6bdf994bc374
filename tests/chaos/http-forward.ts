import http, { type IncomingMessage } from "node:http";

export type Incoming = {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
};
export type Answer = {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
};

export async function readIncoming(
  request: IncomingMessage,
): Promise<Incoming> {
  const body = await readAll(request);
  const { method = "GET", url: path = "/", headers } = request;
  return { method, path, headers, body };
}

/** Passes a request on and waits for the whole answer. Throws where there is none. */
export function forward(
  to: { port: number },
  { method, path, headers, body }: Incoming,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = { ...headers, "content-length": String(body.length) };
    if (body.length === 0) Reflect.deleteProperty(sent, "content-length");
    Reflect.deleteProperty(sent, "transfer-encoding");
    const request = http.request(
      {
        host: "127.0.0.1",
        port: to.port,
        method,
        path,
        headers: sent,
        agent: false,
      },
      (response) => {
        readAll(response).then(
          (answered) =>
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: answered,
            }),
          reject,
        );
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}

export function respond(
  response: http.ServerResponse,
  { status, headers, body }: Answer,
): void {
  const kept = { ...headers };
  for (const name of ["transfer-encoding", "connection", "keep-alive"])
    Reflect.deleteProperty(kept, name);
  response.writeHead(status, { ...kept, "content-length": body.length });
  response.end(body);
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (!stream.complete) throw new Error("cut short");
  return Buffer.concat(chunks);
}
