/** What a page handler returns: a document, or where to go instead. */
export type Page =
  { status: number; body: string; contentType?: string } | { redirect: string };

export function ok(body: string, status = 200): Page {
  return { status, body };
}
