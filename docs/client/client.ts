import type { Problem, Routes } from "./api-types";

// An example to copy: a client for a server of your own, with an API key of one workspace (Settings, API keys).
// It needs nothing but `fetch`, and api-types.ts beside it.

type Settings = {
  /** Such as https://app.example.com. */
  origin: string;
  key: string;
  fetch?: (request: Request) => Promise<Response>;
};

type Sent<Name extends keyof Routes> = {
  path?: Routes[Name]["path"];
  query?: Routes[Name]["query"];
  body?: Routes[Name]["body"];
  /** One for each wish: sent again after a failure, it is done only once. */
  idempotencyKey?: string;
};

/** What was refused: `problem.code` says why, and is documented at /docs/errors. */
export class Refused extends Error {
  override name = "Refused";
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.title}`);
    this.problem = problem;
  }
}

/** `ask("GET /api/invoices", { query: { limit: 10 } })`, with types for what is sent and what comes back. */
export function createClient({ origin, key, fetch: send = fetch }: Settings) {
  return async function ask<Name extends keyof Routes>(
    name: Name,
    { path = {}, query = {}, body = {}, idempotencyKey }: Sent<Name> = {},
  ): Promise<Routes[Name]["answer"]> {
    const [method = "GET", template = ""] = name.split(" ");
    const values: Record<string, unknown> = path;
    const filled = template.replaceAll(/\{(\w+)\}/g, (_, part: string) =>
      encodeURIComponent(String(values[part])),
    );
    const url = new URL(filled, origin);
    for (const [part, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(part, String(value));
    const answer = await send(
      new Request(url, {
        method,
        headers: {
          Authorization: `Bearer ${key}`,
          ...(method === "POST" && { "Content-Type": "application/json" }),
          ...(idempotencyKey && { "Idempotency-Key": idempotencyKey }),
        },
        ...(method === "POST" && { body: JSON.stringify(body) }),
      }),
    );
    const told: unknown = await answer.json();
    if (!answer.ok) throw new Refused(told as Problem); // as the document says of every refusal
    return told as Routes[Name]["answer"]; // as the document says, and the tests of the app hold
  };
}
