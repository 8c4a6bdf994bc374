import type { Context } from "../context";
import type { Control } from "../control";

/** What a page handler returns: a document, or where to go instead. */
export type Page =
  { status: number; body: string; contentType?: string } | { redirect: string };

/** One request for a page: what was asked, and what a form sent. */
export type Visit = {
  control: Control;
  ctx: Context;
  url: URL;
  form: URLSearchParams;
  ids: [string, string];
};
export type Handler = (visit: Visit) => Page | Promise<Page>;

export function ok(body: string, status = 200): Page {
  return { status, body };
}

/** What a script of the emulator's own asked for. */
export function json(status: number, body: object): Page {
  const contentType = "application/json";
  return { status, body: JSON.stringify(body), contentType };
}
