import type { Context } from "./context";
import { operations } from "./contract/load";
import type { OperationName, Params } from "./contract/params";
import { readParams } from "./contract/read-params";
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
  /** The parameters that are built, as `items[].price`, or with values as `mode=payment|setup`. */
  built?: string;
};

const contract = new Map(operations.map((one) => [one.name, one]));
const expandKind = array(string());

/** By the name the SDK gives it: its address, its parameters and their types come from the contract. */
export function operation<N extends OperationName>(
  name: N,
  definition: {
    built?: string;
    run(ctx: Context, params: Params<N>, ids: Ids): Result;
  },
): Operation;
export function operation<S extends Shape>(definition: {
  method: Method;
  path: string;
  params: S;
  run(ctx: Context, params: Parsed<S>, ids: Ids): Result;
}): Operation;
export function operation<N extends OperationName, S extends Shape>(
  first:
    | N
    | {
        method: Method;
        path: string;
        params: S;
        run(ctx: Context, params: Parsed<S>, ids: Ids): Result;
      },
  definition?: {
    built?: string;
    run(ctx: Context, params: Params<N>, ids: Ids): Result;
  },
): Operation {
  if (typeof first === "object") return byShape(first);
  if (!definition) throw new Error(`${first} does nothing`);
  return byContract(first, definition);
}

function byContract<N extends OperationName>(
  name: N,
  definition: {
    built?: string;
    run(ctx: Context, params: Params<N>, ids: Ids): Result;
  },
): Operation {
  const { built = "", run } = definition;
  const known = contract.get(name);
  if (!known) throw new Error(`the contract has no ${name}`);
  const { verb: method, path, params: type = "" } = known;
  return {
    method,
    path,
    built,
    prepare(tree) {
      // Read by the shape that was generated from the very type that Params names.
      const params = readParams(type, tree, built) as Params<N> & {
        expand?: string[];
      };
      const { expand = [] } = params;
      return { expand, run: (ctx, ids) => run(ctx, params, ids) };
    },
  };
}

function byShape<S extends Shape>(definition: {
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
