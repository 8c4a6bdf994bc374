import type { Context } from "./context";
import { operations } from "./contract/load";
import type { OperationName, Params } from "./contract/params";
import { readParams } from "./contract/read-params";
import type { Refusal } from "./errors";
import type { FormTree } from "./form-body";

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
  built: string;
};

const contract = new Map(operations.map((one) => [one.name, one]));

/** By the name the SDK gives it: its address, its parameters and their types come from the contract. */
export function operation<N extends OperationName>(
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
