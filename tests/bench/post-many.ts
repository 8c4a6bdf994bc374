import { connect, type Socket } from "node:net";

export type Load = { perSecond: number; p50: number; p99: number };

type Target = { port: number; path: string; connections: number };
export type Post = { body: string; signature: string };

/**
 * Posts each once, over connections that stay open, and waits for every answer. As little work as possible, on
 * plain sockets: the measured app shares the machine. Throws for an answer that is not 200.
 */
export async function postMany(
  { port, path, connections }: Target,
  posts: readonly Post[],
): Promise<Load> {
  const requests = posts.map((post) => toRequest(path, port, post));
  const times: number[] = [];
  let next = 0;
  const begun = performance.now();
  const work = async () => {
    const ask = await openConnection(port);
    for (;;) {
      const request = requests[next++];
      if (!request) break;
      const sent = performance.now();
      await ask(request);
      times.push(performance.now() - sent);
    }
    ask.close();
  };
  await Promise.all(Array.from({ length: connections }, work));
  const seconds = (performance.now() - begun) / 1000;
  times.sort((one, other) => one - other);
  const at = (share: number) => times[Math.floor(times.length * share)] ?? 0;
  return {
    perSecond: posts.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
  };
}

function toRequest(path: string, port: number, { body, signature }: Post) {
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: 127.0.0.1:${port}`,
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Stripe-Signature: ${signature}`,
  ];
  return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
}

/** One request at a time over one socket. */
async function openConnection(port: number) {
  const socket = await open(port);
  let received = "";
  let waiting: { resolve(): void; reject(error: Error): void } | null = null;
  const fail = (error: Error) => waiting?.reject(error);
  socket.on("error", fail);
  socket.on("close", () => fail(new Error("the app hung up")));
  socket.on("data", (chunk: string) => {
    received += chunk;
    if (!isWhole(received)) return;
    const status = received.slice(9, 12);
    if (status === "200") waiting?.resolve();
    else fail(new Error(`answered ${status}: ${received.slice(-300)}`));
    received = "";
  });
  const ask = (request: Buffer) =>
    new Promise<void>((resolve, reject) => {
      waiting = { resolve, reject };
      socket.write(request);
    });
  return Object.assign(ask, { close: () => socket.destroy() });
}

function open(port: number): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => resolve(socket));
    socket.setNoDelay(true).setEncoding("latin1").once("error", reject);
  });
}

function isWhole(answer: string): boolean {
  const end = answer.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const [, length] = /\r\ncontent-length: (\d+)/i.exec(answer) ?? [];
  return length === undefined
    ? answer.endsWith("\r\n0\r\n\r\n")
    : answer.length >= end + 4 + Number(length);
}
