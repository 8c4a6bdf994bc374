import type { Role } from "@/lib/auth/permissions";
import type { Route } from "@/tests/support/every-route";

/** Who asks: one of each role, and those who should get nowhere. */
export type Somebody =
  | Role
  /** An owner who signed in an hour ago. */
  | "late"
  /** The owner of a workspace of their own. */
  | "stranger"
  /** Was a member until a moment ago. */
  | "former"
  | "staff";

export const everybody: readonly Somebody[] = [
  "owner",
  "admin",
  "billing",
  "member",
  "viewer",
  "late",
  "stranger",
  "former",
  "staff",
];

/** The app under test, in this process or behind a port. */
export type Site = {
  origin: string;
  cookies: Record<Somebody, string>;
  userIds: Record<Somebody, string>;
  /** SQL on people and workspaces. */
  people(sql: string, values: unknown[]): Promise<unknown>;
  /** SQL on everything else. */
  system(sql: string, values: unknown[]): Promise<unknown>;
};

export type Expected = {
  status: number | readonly number[];
  code?: string;
  /** A header that must not be there. */
  absent?: string;
  /** What its Location must look like. */
  location?: RegExp;
  /** What must not stand in its body. */
  lacks?: RegExp;
  /** How Next says the same inside of an answer of 200, to who asks for parts of a page: nothing else may be there. */
  inside?: RegExp;
};

/** A request that must be refused, or be let through, in one way. */
export type Case = {
  name: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
  /** In which ways it may be answered; without a code, any of that status. */
  expect: Expected | "let through";
  /** Where its handler is, for who calls it without a server. */
  route?: Route;
  params?: Record<string, string>;
};

/** Codes by which somebody is kept out; who is let through meets others at most. */
export const keptOut = [
  "no_session",
  "forbidden",
  "cross_site",
  "reauth_required",
  "api_key_invalid",
  "api_key_misused",
  "api_key_scope",
];
