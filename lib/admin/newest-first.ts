import { z } from "zod";

type Place = { createdAt: Date; id: string };

/** Where a page of rows begins, as it stands in an address: "<ISO moment>_<id>" of the last row before it. */
export const before = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z_[\w-]{1,64}$/)
  .refine((text) => !Number.isNaN(placeOf(text)?.createdAt.getTime()))
  .optional()
  .catch(undefined); // what makes no sense counts as absent

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

function placeOf(text: string | undefined): Place | null {
  const [, at, id] = /^([^_]+)_(.+)$/.exec(text ?? "") ?? [];
  return at && id ? { createdAt: new Date(at), id } : null;
}
