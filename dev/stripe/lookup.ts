import type { Context } from "./context";
import type { OperationName } from "./contract/params";
import { noSuch } from "./errors";
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
  if (!found) throw noSuch(at.what ?? kind.replaceAll("_", " "), id, at);
  return found;
}

/** The operation that answers one object of a kind by its id. */
export function retrieval(
  name: OperationName,
  kind: Kind,
  what = kind.replaceAll("_", " "),
): Operation {
  return operation(name, {
    run: (ctx, _params, [id]) =>
      requireOne(ctx, kind, id, { param: "id", what }),
  });
}
