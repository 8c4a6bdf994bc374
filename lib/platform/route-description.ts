import type { z } from "zod";
import type { ErrorCode } from "./errors";

/** Who may call a route. It stands on what enforces it (lib/auth/access.ts), never beside it. */
export type Policy = (
  | { caller: "anyone" }
  | { caller: "signed in" }
  /** Of the workspace that the request is about, with a role that allows this (lib/auth/permissions.ts). */
  | {
      caller: "member";
      permission: string;
      /** One of the workspace's API keys with this scope does as well. */
      keys?: true;
    }
  | { caller: "staff" }
  /** Who knows CRON_SECRET. */
  | { caller: "cron" }
  /** Who signs with the webhook's secret. */
  | { caller: "stripe" }
) & {
  /** Only who signed in lately, or sends the password along (lib/auth/recent-sign-in.ts). */
  recent?: true | "where owners change";
};

/** What the author of a route says about it; the document of the API is made of this. */
export type RouteWords<Answer extends z.ZodType = z.ZodType> = {
  /** What it does, in a sentence. */
  summary?: string;
  /** What a JSON caller gets. */
  answer?: Answer;
  /** Of a JSON answer that worked; 200 unless told. */
  status?: 200 | 201 | 202;
  /** What it answers with, where that is not JSON: a file. */
  file?: "text/csv";
  /** Where the header may be sent. A body with `requestKey` needs it anyway. */
  idempotencyKey?: "optional";
  /** The refusals that are this route's own: not those of the guard, which every route has. */
  refusals?: readonly ErrorCode[];
};

/** What JSON makes a T of: a moment is written as text. */
export type Sendable<T> = T extends string
  ? T | Date
  : T extends readonly (infer Item)[]
    ? readonly Sendable<Item>[]
    : T extends object
      ? { [Key in keyof T]: Sendable<T[Key]> }
      : T;

export type RouteDescription = RouteWords & {
  policy: Policy;
  /** Where its input stands; null for a route that reads the request by itself. */
  takes: "body" | "query" | null;
  input: z.ZodType | null;
};

/** A route handler that says what it is. Nothing else lists routes, so nothing can differ from them. */
export type DescribedRoute<Handler> = Handler & {
  readonly description: RouteDescription;
};

export function described<Handler extends object>(
  handler: Handler,
  description: RouteDescription,
): DescribedRoute<Handler> {
  return Object.assign(handler, { description });
}
