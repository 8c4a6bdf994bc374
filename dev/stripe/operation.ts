import type { Context } from "./context";
import type { Refusal } from "./errors";
import type { FormTree } from "./form-body";
import { array, string } from "./params";
import { parseParams, type Parsed, type Shape } from "./shape";

type Method = "DELETE" | "GET" | "POST";
type Ids = [string, string];
type Result = object | Refusal;

/** One API operation with its parameters already bound to its types. */
export type Operation = {
  method: Method;
  path: string;
  /** Refuses bad parameters; what it returns executes the operation. */
  prepare(tree: FormTree): {
    expand: string[];
    run(ctx: Context, ids: Ids): Result;
  };
};

const expandKind = array(string());

export function operation<S extends Shape>(definition: {
  method: Method;
  path: string;
  params: S;
  run(ctx: Context, params: Parsed<S>, ids: Ids): Result;
}): Operation {
  const { method, path, params, run } = definition;
  return {
    method,
    path,
    prepare(tree) {
      const own: FormTree = new Map(tree);
      const raw = own.get("expand");
      own.delete("expand");
      const expand =
        raw === undefined ? undefined : expandKind.parse(raw, "expand");
      const parsed = parseParams(params, own);
      return { expand: expand ?? [], run: (ctx, ids) => run(ctx, parsed, ids) };
    },
  };
}
