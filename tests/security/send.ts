import { Agent, request } from "node:http";

export type Request = {
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
};

export type Response = {
  status: number;
  type: string;
  text: string;
  headers: Record<string, string | string[] | undefined>;
};

/** Sends to this origin exactly what stands there: fetch would mend or refuse half of it. */
export function sender(origin: string) {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ maxSockets: 16 });
  let sent = 0;
  return {
    send: ({ method, path, headers, body }: Request): Promise<Response> =>
      new Promise((resolve, reject) => {
        sent += 1;
        const outgoing = request(
          {
            hostname,
            port,
            method,
            path,
            agent,
            headers: {
              "x-forwarded-for": addressOf(sent),
              ...headers,
              ...(body !== undefined && {
                "content-length": Buffer.byteLength(body),
              }),
            },
          },
          (incoming) => {
            const chunks: Buffer[] = [];
            incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
            incoming.on("error", reject);
            incoming.on("end", () =>
              resolve({
                status: incoming.statusCode ?? 0,
                type: incoming.headers["content-type"] ?? "",
                text: Buffer.concat(chunks).toString(),
                headers: incoming.headers,
              }),
            );
          },
        );
        outgoing.on("error", reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

/** Each request comes from an address of its own: how often one may ask is tested elsewhere. */
function addressOf(count: number): string {
  return `10.${(count >> 16) & 255}.${(count >> 8) & 255}.${count & 255}`;
}
