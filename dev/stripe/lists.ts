import type { Context } from "./context";
import { invalidRequest, noSuch } from "./errors";
import type { List } from "./objects";
import type { Kind, Records } from "./records";

type Range = { gt?: number; gte?: number; lt?: number; lte?: number };
export type Page = {
  limit?: number | undefined;
  starting_after?: string | undefined;
  ending_before?: string | undefined;
  created?: Range | number | undefined;
};
/** What every list is built for. */
export const PAGED = "limit starting_after ending_before";

/** What objects must have, by the name of an index or of a field; what is undefined was not asked. */
type Where = Record<string, boolean | string | null | undefined>;
type Query<K extends Kind> = {
  kind: K;
  /** What an unknown cursor is called. */
  what?: string;
  url: string;
  params: Page;
  where?: Where;
  keep?: (value: Records[K]) => boolean;
};

/** A page, newest first. Of the indexes that are asked for the shortest is walked; the rest only sifts. */
export function listOf<K extends Kind>(
  ctx: Context,
  query: Query<K>,
): List<Records[K]> {
  const { kind, params, where = {}, keep = () => true } = query;
  const limit = Math.min(Math.max(params.limit ?? 10, 1), 100);
  const [by] = indexesIn(ctx, kind, where);
  const ids = ctx.store.ids(kind, by);
  const { from, step } = startOf(ctx, { ...query, by }, ids.length);
  const data: Records[K][] = [];
  let more = false;
  for (let at = from; at >= 0 && at < ids.length; at += step) {
    const id = ids[at];
    const value = id === undefined ? undefined : ctx.store.get(kind, id);
    if (!value || !within(value, params.created)) continue;
    if (!hasAll(ctx, kind, value, where) || !keep(value)) continue;
    if (data.length === limit) {
      more = true;
      break;
    }
    data.push(value);
  }
  if (step > 0) data.reverse();
  return { object: "list", data, has_more: more, url: query.url };
}

function indexesIn(ctx: Context, kind: Kind, where: Where) {
  return Object.entries(where)
    .flatMap(([index, key]) =>
      typeof key === "string" && ctx.store.hasIndex(kind, index)
        ? [{ index, key }]
        : [],
    )
    .map((by) => ({ ...by, length: ctx.store.ids(kind, by).length }))
    .toSorted((a, b) => a.length - b.length);
}

function hasAll<K extends Kind>(
  ctx: Context,
  kind: K,
  value: Records[K],
  where: Where,
): boolean {
  const fields = new Map(Object.entries(value));
  return Object.entries(where).every(
    ([name, wanted]) =>
      wanted === undefined ||
      (typeof wanted === "string" && ctx.store.hasIndex(kind, name)
        ? ctx.store.isUnder(kind, { index: name, key: wanted }, value)
        : fields.get(name) === wanted),
  );
}

function startOf(
  ctx: Context,
  query: {
    kind: Kind;
    what?: string;
    params: Page;
    by?: { index: string; key: string } | undefined;
  },
  length: number,
): { from: number; step: 1 | -1 } {
  const { starting_after, ending_before } = query.params;
  if (starting_after && ending_before) {
    throw invalidRequest(
      "Received both starting_after and ending_before parameters. Please pass in only one.",
    );
  }
  const cursor = starting_after ?? ending_before;
  if (!cursor) return { from: length - 1, step: -1 };
  const at = ctx.store.position(query.kind, cursor, query.by);
  if (at === undefined) {
    const param = starting_after ? "starting_after" : "ending_before";
    throw noSuch(query.what ?? wordsOf(query.kind), cursor, {
      param,
      status: 400,
    });
  }
  if (starting_after) return { from: at - 1, step: -1 };
  return { from: at + 1, step: 1 };
}

export function wordsOf(kind: Kind): string {
  return kind.replaceAll("_", " ");
}

function within(value: object, bounds: Range | number | undefined): boolean {
  if (bounds === undefined) return true;
  const created = "created" in value ? value.created : undefined;
  if (typeof created !== "number") return true;
  const {
    gt = -Infinity,
    gte = -Infinity,
    lt = Infinity,
    lte = Infinity,
  } = typeof bounds === "number" ? { gte: bounds, lte: bounds } : bounds;
  return created > gt && created >= gte && created < lt && created <= lte;
}

/** A list inside an object, as Stripe embeds it. */
export function embedded<T>(data: T[], url: string): List<T> {
  return {
    object: "list",
    data,
    has_more: false,
    total_count: data.length,
    url,
  };
}

/** A page of values that live inside another object (line items, subscription items). */
export function pageOf<T extends { id: string }>(
  values: T[],
  params: Page,
  url: string,
): List<T> {
  const limit = Math.min(Math.max(params.limit ?? 10, 1), 100);
  const after = params.starting_after;
  const start = after ? values.findIndex((value) => value.id === after) + 1 : 0;
  const data = values.slice(start, start + limit);
  return { object: "list", data, has_more: start + limit < values.length, url };
}
