import type { Context } from "./context";
import type { OperationName } from "./contract/params";
import { noSuch } from "./errors";
import { listOf, PAGED, wordsOf } from "./lists";
import { operation, type Operation } from "./operation";
import type { Kind, Records } from "./records";

type At = { param: string; status?: 400 | 404 };

/** What exists under this id; an id from a parameter that does not is 400, one from the path 404. */
export function requireOne<K extends Kind>(
  ctx: Pick<Context, "store">,
  kind: K,
  id: string,
  at: At & { what?: string },
): Records[K] {
  const found = ctx.store.get(kind, id);
  if (!found) throw noSuch(at.what ?? wordsOf(kind), id, at);
  return found;
}

/** The operation that answers one object of a kind by its id. */
export function retrieval(
  name: OperationName,
  kind: Kind,
  what = wordsOf(kind),
): Operation {
  return operation(name, {
    run: (ctx, _params, [id]) =>
      requireOne(ctx, kind, id, { param: "id", what }),
  });
}

/** The operation that lists a kind, by the filters that are named like its indexes and fields. */
export function listing(
  name: Extract<OperationName, `${string}.list`>,
  kind: Kind,
  query: { url: string; filters?: string; what?: string },
): Operation {
  const { url, filters = "", what = wordsOf(kind) } = query;
  return operation(name, {
    built: `${PAGED} ${filters}`,
    run(ctx, params) {
      const given = new Map<string, unknown>(Object.entries(params));
      const where: Record<string, string> = {};
      for (const filter of filters.split(" ")) {
        const value = given.get(filter);
        if (typeof value === "string") where[filter] = value;
      }
      return listOf(ctx, { kind, what, url, params, where });
    },
  });
}
