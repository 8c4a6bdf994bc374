import pg from "pg";
import { vi } from "vitest";

/** What Postgres is asked while this runs; where a transaction begins and ends is told apart. */
export async function statementsOf(work: () => Promise<unknown>) {
  const query = vi.spyOn(pg.Client.prototype, "query");
  await work();
  const texts = query.mock.calls.map(([first]) => textOf(first));
  query.mockRestore();
  return {
    statements: texts.filter((text) => !/^(BEGIN|COMMIT)/i.test(text)),
    transactions: texts.filter((text) => /^BEGIN/i.test(text)).length,
  };
}

function textOf(query: unknown): string {
  if (typeof query === "string") return query;
  const isConfig = typeof query === "object" && query && "text" in query;
  return isConfig ? String(query.text) : "";
}
