import net from "node:net";
import { listenOnFreePort } from "./listen";

/** One message of the app to Postgres: its type byte, and its SQL where it carries any. */
export type Message = { type: string; sql: string };

/**
 * What becomes of a message. `cut`: it never arrives. `sent`: it arrives, and its answer does not.
 * `answered`: it is executed to the end, and then its answer is lost.
 */
export type Fate = "pass" | "cut" | "sent" | "answered";

export type PostgresProxy = {
  port: number;
  /** The database hangs: nothing passes for so long. */
  stall(ms: number): void;
  close(): Promise<void>;
};

/** Between the app and Postgres; every message of the app's is decided on by itself. */
export async function startPostgresProxy(options: {
  target: () => number;
  decide: (message: Message) => Fate;
}): Promise<PostgresProxy> {
  const resumes = new Set<() => void>();
  let stalledUntil = 0;
  const server = net.createServer((client) => {
    const upstream = net.connect(options.target(), "127.0.0.1");
    const read = createReader({ greeting: true });
    const readAnswer = createReader({ greeting: false });
    let waiting: Packet[] = [];
    // Statements are sent ahead of their answers, so each is known by the count of its ReadyForQuery.
    let asked = 1; // the greeting's
    let answered = 0;
    let lastOne = Infinity;
    let over = false;
    const end = () => {
      over = true;
      resumes.delete(pump);
      client.destroy();
      upstream.destroy();
    };
    const pump = () => {
      while (!over && waiting.length > 0 && Date.now() >= stalledUntil) {
        const [message, ...rest] = waiting;
        waiting = rest;
        if (!message) return;
        const fate = options.decide(message);
        if (fate === "cut") return end();
        upstream.write(message.bytes);
        const ends = message.type === "Q" || message.type === "S";
        if (ends) asked += 1;
        if (fate === "answered") lastOne = ends ? asked : asked + 1;
        if (fate === "sent") {
          over = true;
          client.destroy();
          upstream.end(); // Postgres still works on what it has got
        }
      }
    };
    resumes.add(pump);
    client.on("data", (chunk) => {
      waiting.push(...read(chunk));
      pump();
    });
    upstream.on("data", (chunk) => {
      answered += readAnswer(chunk).filter(({ type }) => type === "Z").length;
      if (lastOne === Infinity) return void client.write(chunk);
      if (answered >= lastOne) end();
    });
    client.on("close", () => {
      resumes.delete(pump);
      upstream.end();
    });
    client.on("error", () => upstream.end());
    upstream.on("close", () => client.destroy());
    upstream.on("error", end);
  });
  const port = await listenOnFreePort(server);
  return {
    port,
    stall(ms) {
      stalledUntil = Date.now() + ms;
      setTimeout(() => resumes.forEach((pump) => pump()), ms + 1);
    },
    close: () =>
      new Promise((resolve) => {
        for (const end of resumes) resumes.delete(end);
        server.close(() => resolve());
      }),
  };
}

type Packet = Message & { bytes: Buffer };

/** Splits what one side sends into messages; the app's first, its greeting, has no type byte. */
function createReader({ greeting }: { greeting: boolean }) {
  let rest = Buffer.alloc(0);
  let started = !greeting;
  return (chunk: Buffer): Packet[] => {
    rest = Buffer.concat([rest, chunk]);
    const messages: Packet[] = [];
    for (;;) {
      const head = started ? 1 : 0;
      if (rest.length < head + 4) return messages;
      const length = head + rest.readInt32BE(head);
      if (rest.length < length) return messages;
      const bytes = rest.subarray(0, length);
      rest = rest.subarray(length);
      const type = started ? String.fromCharCode(bytes[0] ?? 0) : "start";
      started = true;
      messages.push({ type, sql: sqlOf(type, bytes), bytes });
    }
  };
}

function sqlOf(type: string, bytes: Buffer): string {
  if (type === "Q") return bytes.toString("utf8", 5, bytes.length - 1);
  if (type !== "P") return "";
  const name = bytes.indexOf(0, 5);
  return bytes.toString("utf8", name + 1, bytes.indexOf(0, name + 1));
}
