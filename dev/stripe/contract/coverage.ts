import { OPERATIONS } from "../routes";
import { fieldsOf, operations } from "./load";

/** The table of docs/emulator.md: what Stripe has of each family and how much of it is built here. */
export function coverageTable(): string {
  const built = new Map(
    OPERATIONS.map((one) => [`${one.method} ${one.path}`, one]),
  );
  const rows = operations
    .filter((one) => one.answer !== undefined)
    .map((one) => {
      const found = built.get(`${one.verb} ${one.path}`);
      const names = Object.keys(fieldsOf(one.params ?? "") ?? {})
        .map((name) => name.replace(/\?$/, ""))
        .filter((name) => name !== "expand");
      const taken = new Set(
        (found?.built ?? "").split(/\s+/).map((path) => path.split(/[.[=]/)[0]),
      );
      const read = names.filter((name) => taken.has(name)).length;
      const state = !found
        ? "501"
        : read === names.length
          ? "all"
          : `${read} of ${names.length}`;
      return `| ${one.name} | ${one.verb} ${one.path} | ${state} |`;
    })
    .toSorted();
  const others = operations.length - rows.length;
  return [
    "| operation | address | parameters built |",
    "| --- | --- | --- |",
    ...rows,
    "",
    `The other ${others} operations of the SDK answer 501 with their name.`,
  ].join("\n");
}
