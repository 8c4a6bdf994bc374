import { z } from "zod";
import { rowId } from "./text";

type Place = { createdAt: Date; id: string };

/** Where a page of rows begins: "<ISO moment>_<id>" of the last row before it. */
const place = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[\w-]{1,255}$/)
  .refine((text) => !Number.isNaN(placeOf(text)?.createdAt.getTime()))
  .optional();

/** As it stands in the address of a page of ours: what makes no sense counts as absent. */
export const before = place.catch(undefined);

/** What every list of the API takes. */
export const listQuery = z.strictObject({
  tenantId: rowId.optional(),
  /** `older` of the page before this one. */
  before: place,
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ListQuery = Pick<z.output<typeof listQuery>, "before" | "limit">;

/** What every list of the API answers. `older` is the next page's `before`; null at the end. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    data: z.array(item),
    older: z.string().nullable(),
  });
}

/** The rows of one page, out of one more than it has, and where the next begins; null at the end. */
export function pageOf<Row extends Place>(
  rows: readonly Row[],
  size: number,
): { page: Row[]; older: string | null } {
  const page = rows.slice(0, size);
  const last = rows.length > size ? page.at(-1) : undefined;
  const older = last ? `${last.createdAt.toISOString()}_${last.id}` : null;
  return { page, older };
}

/** The rows beyond that place, for a query that is ordered by both, newest first. */
export function beyond(text: string | undefined) {
  const place = placeOf(text);
  if (!place) return {};
  const { createdAt, id } = place;
  return {
    OR: [{ createdAt: { lt: createdAt } }, { createdAt, id: { lt: id } }],
  };
}

export const newestFirst = [
  { createdAt: "desc" as const },
  { id: "desc" as const },
];

/** The row that a page begins after; null for the first page. */
export function placeOf(text: string | undefined): Place | null {
  const [, at, id] = /^([^_]+)_(.+)$/.exec(text ?? "") ?? [];
  return at && id ? { createdAt: new Date(at), id } : null;
}
