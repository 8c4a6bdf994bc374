import { setTimeout as pause } from "node:timers/promises";
import { cookiesOf } from "../support/cookies";

export type Person = Awaited<ReturnType<typeof createPerson>>;

type Reply = { status: number; body: Record<string, unknown> };

/** Somebody with a browser. Whatever fails for no reason of theirs, they try again, with the same key. */
export function createPerson({
  appUrl,
  number,
}: {
  appUrl: string;
  number: number;
}) {
  const email = `chaos-${number}@example.com`;
  const password = "correct horse battery";
  const from = `10.${(number >> 16) & 255}.${(number >> 8) & 255}.${number & 255}`;
  let cookie = "";
  let tries = 0;

  async function send(path: string, body?: object, key?: string) {
    tries += 1;
    return fetch(`${appUrl}${path}`, {
      method: body ? "POST" : "GET",
      redirect: "manual",
      signal: AbortSignal.timeout(30_000),
      headers: {
        ...(body && { "content-type": "application/json", origin: appUrl }),
        ...(key && { "idempotency-key": key }),
        "x-forwarded-for": from,
        cookie,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  /** Until it is answered with what is neither a fault nor "try again". */
  async function insist(
    path: string,
    body?: object,
    key?: string,
  ): Promise<Reply> {
    const end = Date.now() + 600_000;
    let last = "";
    while (Date.now() < end) {
      const reply = await attempt(path, body, key).catch((error: unknown) => {
        last = String(error);
        return null;
      });
      if (reply)
        last = `${reply.status} ${JSON.stringify(reply.body).slice(0, 200)}`;
      if (reply && !isPassing(reply)) {
        if (reply.status !== 401 || path === "/api/sign-in") return reply;
        await signIn();
        continue;
      }
      await pause(reply?.status === 409 ? 1000 : 250);
    }
    throw new Error(`${email}: ${path} never worked: ${last}`);
  }

  async function attempt(
    path: string,
    body?: object,
    key?: string,
  ): Promise<Reply> {
    const answer = await send(path, body, key);
    const text = await answer.text();
    const set = cookiesOf(answer);
    if (set.includes("session_token")) cookie = set;
    const isJson = answer.headers.get("content-type")?.includes("json");
    const parsed = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
    return { status: answer.status, body: parsed };
  }

  async function signIn() {
    await insist("/api/sign-in", { email, password });
  }

  return {
    email,
    password,
    tries: () => tries,
    post: (path: string, body: object, key?: string) => insist(path, body, key),
    /** Opens a page until it shows; answers its status. */
    open: async (path: string) => (await insist(path)).status,
    /** A sign-up whose answer was lost says, the second time, that the address is taken. */
    async signUp() {
      const answer = await insist("/api/sign-up", {
        name: "Ada Lovelace",
        email,
        password,
      });
      if (!cookie) await signIn();
      return answer.status;
    },
  };
}

/** Not the person's doing, and no answer yet. */
function isPassing({ status, body }: Reply): boolean {
  const again = ["checkout_in_progress", "close_interrupted", "rate_limited"];
  return status >= 500 || status === 429 || again.includes(String(body.code));
}
