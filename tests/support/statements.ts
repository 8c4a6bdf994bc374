import pg from "pg";
import { vi } from "vitest";

/** What Postgres is asked while this runs; where a transaction begins and ends is told apart. */
export async function statementsOf(work: () => Promise<unknown>) {
  const query = vi.spyOn(pg.Client.prototype, "query");
  const { calls } = query.mock;
  try {
    await work();
  } finally {
    query.mockRestore();
  }
  const asked = calls.map(([first, second]) => toAsked(first, second));
  const texts = asked.map(({ text }) => text);
  return {
    statements: texts.filter((text) => !/^(BEGIN|COMMIT)/i.test(text)),
    /** The same with their parameters, for those who look at their plans. */
    asked: asked.filter(({ text }) => /^\s*(SELECT|WITH)/i.test(text)),
    transactions: texts.filter((text) => /^BEGIN/i.test(text)).length,
  };
}

type Asked = { text: string; values: unknown[] };

function toAsked(query: unknown, values: unknown): Asked {
  if (typeof query === "string")
    return { text: query, values: Array.isArray(values) ? values : [] };
  const given = (query ?? {}) as Partial<Asked>; // pg's own config
  return { text: given.text ?? "", values: given.values ?? [] };
}
