/** One node of a plan, as EXPLAIN (ANALYZE, FORMAT JSON) tells it. */
export type PlanNode = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: PlanNode[];
};

/**
 * What in a plan grows with the tables named: a scan of all of one, or one that goes through more than `most` of its
 * rows. A line for each.
 */
export function greedyScans(
  plan: PlanNode,
  { tables, most }: { tables: ReadonlySet<string>; most: number },
): string[] {
  return nodesOf(plan)
    .filter((node) => tables.has(node["Relation Name"] ?? ""))
    .filter((node) => isWhole(node) || rowsOf(node) > most)
    .map((node) => {
      const by = node["Index Name"] ? ` by ${node["Index Name"]}` : "";
      const rows = Math.round(rowsOf(node));
      return `${node["Node Type"]} of ${node["Relation Name"]}${by}, ${rows} rows`;
    });
}

function nodesOf(plan: PlanNode): PlanNode[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** One that was planned and never begun has cost nothing. */
function isWhole(node: PlanNode): boolean {
  return node["Node Type"] === "Seq Scan" && (node["Actual Loops"] ?? 0) > 0;
}

function rowsOf(node: PlanNode): number {
  const each =
    (node["Actual Rows"] ?? 0) +
    (node["Rows Removed by Filter"] ?? 0) +
    (node["Rows Removed by Index Recheck"] ?? 0);
  return each * (node["Actual Loops"] ?? 0);
}
