import { createHash } from "node:crypto";
import { keyPrefix } from "@/lib/auth/key-makers";
import { isKeyScope } from "@/lib/auth/key-scopes";
import { may, permissions, type Permission } from "@/lib/auth/permissions";
import type { Policy } from "@/lib/platform/route-description";
import type { Route } from "@/tests/support/every-route";
import { requestOf } from "./request-of";
import type { Case, Site, Somebody } from "./site";

const scopes = permissions.filter(isKeyScope);

type Key = {
  id: string;
  tenantId: string;
  scopes: readonly Permission[];
  maker: Somebody;
  isRevoked: boolean;
  isExpired: boolean;
};

/** A key that may everything, unless told. */
function keyOf(tenantId: string, name: string, told: Partial<Key> = {}): Key {
  const sound = { scopes, isRevoked: false, isExpired: false } as const;
  const id = `${tenantId}-${name}`;
  return { id, tenantId, maker: "owner", ...sound, ...told };
}

/** Of another workspace than any route's, though its owner is the same. */
const elsewhere = keyOf("authority-keys", "all");

/** Makes that workspace and its key. */
export async function placeKeyElsewhere(site: Site): Promise<void> {
  const { tenantId } = elsewhere;
  await site.people("INSERT INTO tenant (id, name, slug) VALUES ($1, $1, $1)", [
    tenantId,
  ]);
  await site.people(
    "INSERT INTO membership (id, tenant_id, user_id, role) VALUES ($1, $1, $2, 'owner')",
    [tenantId, site.userIds.owner],
  );
  await place(site, elsewhere);
}

/** A route asked with every kind of key, and by what is none: what must become of it follows from its policy alone. */
export async function keyCases(
  site: Site,
  route: Route,
  given: { tenantId: string } & Record<string, string>,
): Promise<Case[]> {
  const policy = route.description?.policy;
  if (!policy || policy.caller === "anyone") return [];
  const all = keyOf(given.tenantId, "all");
  const own = ownKeys(given.tenantId, policy);
  for (const key of [all, ...own.map(([, its]) => its)]) await place(site, key);
  const { origin } = site;
  const foreign = { origin: "https://evil.example" };
  const ask = (
    name: string,
    expect: Case["expect"],
    headers: Record<string, string>,
  ): Case => ({
    ...requestOf(route, given, headers),
    name: `${route.method} ${route.path}: ${name}`,
    route,
    expect,
  });
  if (policy.caller !== "member" || !policy.keys) {
    const far = route.description?.takes === "body" ? cross : refusal(policy);
    return [
      ask("a key, where none counts", refusal(policy), { ...by(all), origin }),
      ask("a key alone, where none counts", far, by(all)),
      ask("a key from afar, where none counts", far, {
        ...by(all),
        ...foreign,
      }),
    ];
  }
  const cookie = site.cookies.owner;
  const none = ["tk_short", `${keyPrefix}${"x".repeat(64)}`, "undefined"];
  return [
    ...own.map(([name, its, expect]) => ask(name, expect, by(its))),
    ask("another's key", { status: 404, code: "not_found" }, by(elsewhere)),
    ...none.map((text) =>
      ask(`${text.slice(0, 9)} for a key`, invalid, bearer(text)),
    ),
    ask("a key beside a cookie", misused, { ...by(all), cookie, origin }),
    ask("a key as it is", misused, { authorization: textOf(all) }),
    ...(route.description?.takes === "body"
      ? [
          {
            ...ask("a key with a form", misused, { ...by(all), ...form }),
            body: "a=1",
          },
        ]
      : []),
    // No other site makes a browser send one, so where it comes from says nothing.
    ask("a key from afar", "let through", { ...by(all), ...foreign }),
  ];
}

/** Keys of the route's own workspace. */
function ownKeys(
  tenantId: string,
  policy: Policy,
): [string, Key, Case["expect"]][] {
  if (policy.caller !== "member" || !policy.keys) return [];
  const permission = policy.permission as Permission;
  const key = (name: string, told: Partial<Key>) => keyOf(tenantId, name, told);
  const where = (isEnough: boolean) => (isEnough ? "let through" : tooLittle);
  return [
    ...scopes.map((scope): [string, Key, Case["expect"]] => [
      `a key with ${scope}`,
      key(scope, { scopes: [scope] }),
      where(scope === permission),
    ]),
    [
      "a viewer's key",
      key("viewer", { maker: "viewer" }),
      where(may("viewer", permission)),
    ],
    ["a key of who has left", key("former", { maker: "former" }), invalid],
    ["a revoked key", key("revoked", { isRevoked: true }), invalid],
    ["an expired key", key("expired", { isExpired: true }), invalid],
  ];
}

const cross = { status: 403, code: "cross_site" };
const invalid = { status: 401, code: "api_key_invalid" };
const misused = { status: 400, code: "api_key_misused" };
const tooLittle = { status: 403, code: "api_key_scope" };
const form = { "content-type": "application/x-www-form-urlencoded" };

/** As who shows nothing at all. */
function refusal({ caller }: Policy) {
  if (caller === "staff") return { status: 404, code: "not_found" };
  if (caller === "stripe") return { status: 400, code: "webhook_invalid" };
  return { status: 401, code: "no_session" };
}

function bearer(text: string) {
  return { authorization: `Bearer ${text}` };
}

function by(key: Key) {
  return bearer(textOf(key));
}

/** Of the form that keys have, and always the same for one. */
function textOf({ id }: Key): string {
  const hash = createHash("sha256").update(id).digest("hex");
  return (
    keyPrefix +
    hash.replaceAll(/\d/g, (digit) => "ghijklmnop"[Number(digit)] ?? "")
  );
}

/** As better-auth keeps it: its hash alone. */
async function place(site: Site, key: Key): Promise<void> {
  const hash = createHash("sha256").update(textOf(key)).digest("base64url");
  await site.people(
    `INSERT INTO api_key (id, tenant_id, key, enabled, rate_limit_enabled, expires_at, permissions, metadata)
     VALUES ($1, $2, $3, $4, false, now() + make_interval(days => $5), $6, $7)`,
    [
      key.id,
      key.tenantId,
      hash,
      !key.isRevoked,
      key.isExpired ? -1 : 1,
      JSON.stringify(permissionsOf(key)),
      JSON.stringify({ makerId: site.userIds[key.maker] }),
    ],
  );
}

/** In better-auth's form: { billing: ["read"] }. */
function permissionsOf({ scopes }: Key): Record<string, string[]> {
  const found: Record<string, string[]> = {};
  for (const scope of scopes) {
    const [subject = "", act = ""] = scope.split(".");
    found[subject] = [...(found[subject] ?? []), act];
  }
  return found;
}
