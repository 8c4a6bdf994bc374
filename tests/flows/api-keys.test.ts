import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as revokeRoute } from "@/app/api/api-keys/[keyId]/revoke/route";
import { POST as makeRoute } from "@/app/api/api-keys/route";
import { POST as checkoutRoute } from "@/app/api/checkout/route";
import { POST as leaveRoute } from "@/app/api/members/leave/route";
import { POST as projectRoute } from "@/app/api/projects/route";
import { GET as oneRoute } from "@/app/api/subscriptions/[subscriptionId]/route";
import { GET as listRoute } from "@/app/api/subscriptions/route";
import { password } from "@/tests/support/make-person";
import { asDescribed } from "@/tests/support/as-described";
import { startWorld, type Person, type World } from "@/tests/support/world";
import { refusalOf } from "@/tests/support/plan-acts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

type Route = (
  request: Request,
  path: { params: Promise<Record<string, string>> },
) => Promise<Response>;
type Sent = {
  body?: object;
  path?: Record<string, string>;
  headers?: Record<string, string>;
};

const both = { billing: "write", product: "write" };

async function makeKey(person: Person, wish: object = both) {
  const { tenantId } = person;
  const body = { tenantId, name: "nightly job", ...wish };
  const answer = await world.post(makeRoute, person, body);
  expect(answer.status).toBe(201);
  return (await answer.json()) as { id: string; key: string };
}

/** As a server of the tenant asks: no cookie, no origin. */
async function ask(
  route: Route,
  key: string,
  { body, path = {}, headers = {} }: Sent = {},
) {
  const request = new Request("http://localhost:3000/", {
    method: body ? "POST" : "GET",
    headers: {
      authorization: `Bearer ${key}`,
      ...(body && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const params = Promise.resolve(path);
  return asDescribed(route, await route(request, { params }));
}

const project = { body: { name: "Made by a server" } };

describe("an API key", () => {
  it("acts for its workspace within its scopes, and the log says which key it was", async () => {
    const ada = await world.person();
    const { id, key } = await makeKey(ada);
    expect((await ask(listRoute, key)).status).toBe(200);
    expect((await ask(projectRoute, key, project)).status).toBe(201);
    const bought = await ask(checkoutRoute, key, {
      body: { priceId: "pro_monthly" },
    });
    expect(bought.status).toBe(200);
    expect(
      await world.rows(
        `SELECT action, actor_kind, actor_id = $2 AS own FROM audit_entry
         WHERE tenant_id = $1 AND action IN ('api_key.created', 'project.created', 'checkout.created') ORDER BY at`,
        [ada.tenantId, id],
      ),
    ).toEqual([
      { action: "api_key.created", actor_kind: "user", own: false },
      { action: "project.created", actor_kind: "api_key", own: true },
      { action: "checkout.created", actor_kind: "api_key", own: true },
    ]);
  });

  it("is told once: what is kept is a hash, its beginning and when it was last used", async () => {
    const ada = await world.person();
    const { id, key } = await makeKey(ada);
    await ask(listRoute, key);
    const [row] = await world.rows<{
      text: string;
      start: string;
      used: boolean;
    }>(
      `SELECT api_key::text AS text, start, last_request IS NOT NULL AS used FROM api_key WHERE id = $1`,
      [id],
    );
    expect(row?.text).not.toContain(key.slice(10));
    expect(key.startsWith(row?.start ?? "?")).toBe(true);
    expect(row?.start).toHaveLength(8);
    expect(row?.used).toBe(true);
  });

  it("may not what its scopes do not say, and the try is written down", async () => {
    const ada = await world.person();
    const { id, key } = await makeKey(ada, { billing: "read" });
    expect((await ask(listRoute, key)).status).toBe(200);
    for (const [route, sent] of [
      [projectRoute, project],
      [checkoutRoute, { body: { priceId: "pro_monthly" } }],
    ] as const)
      expect(await refusalOf(await ask(route, key, sent))).toEqual([
        403,
        "api_key_scope",
      ]);
    expect(
      await world.rows(
        "SELECT object_id FROM audit_entry WHERE actor_id = $1 AND action = 'access.denied' ORDER BY at",
        [id],
      ),
    ).toEqual([{ object_id: "product.write" }, { object_id: "billing.write" }]);
    expect(await world.openIntents(ada)).toEqual([]);
  });

  it("may no more than its maker may today, and nothing once they have left", async () => {
    const ada = await world.person();
    const bob = await world.join(ada, await world.person("Bob"), "owner");
    const { key } = await makeKey(bob);
    await world.rows("UPDATE membership SET role = $1 WHERE user_id = $2", [
      "member",
      bob.userId,
    ]);
    expect(await refusalOf(await ask(listRoute, key))).toEqual([
      403,
      "api_key_scope",
    ]);
    expect((await ask(projectRoute, key, project)).status).toBe(201);
    await world.rows(
      "DELETE FROM membership WHERE user_id = $1 AND tenant_id = $2",
      [bob.userId, ada.tenantId],
    );
    expect(await refusalOf(await ask(projectRoute, key, project))).toEqual([
      401,
      "api_key_invalid",
    ]);
  });

  it("opens nothing once it is revoked, expired, or mistyped", async () => {
    const ada = await world.person();
    const revoked = await makeKey(ada);
    const path = { keyId: revoked.id };
    for (const _ of ["once", "twice"])
      expect((await world.post(revokeRoute, ada, {}, path)).status).toBe(200);
    const expired = await makeKey(ada);
    await world.rows(
      "UPDATE api_key SET expires_at = now() - interval '1 second' WHERE id = $1",
      [expired.id],
    );
    const wrong = `tk_${"x".repeat(64)}`;
    for (const key of [revoked.key, expired.key, wrong, "tk_short", "x"])
      expect(await refusalOf(await ask(listRoute, key))).toEqual([
        401,
        "api_key_invalid",
      ]);
    expect(
      await world.rows("SELECT FROM audit_entry WHERE action = $1", [
        "api_key.revoked",
      ]),
    ).toHaveLength(1);
  });

  it("is not taken beside a cookie, with a form, or for another workspace", async () => {
    const [ada, bob] = [await world.person(), await world.person("Bob")];
    await world.buy(bob, "pro_monthly");
    const [plan] = await world.rows<{ id: string }>(
      "SELECT id FROM subscription WHERE tenant_id = $1",
      [bob.tenantId],
    );
    const { key } = await makeKey(ada);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    for (const headers of [{ cookie: ada.cookie }, form])
      expect(
        await refusalOf(await ask(projectRoute, key, { ...project, headers })),
      ).toEqual([400, "api_key_misused"]);
    const headers = { cookie: ada.cookie };
    expect(await refusalOf(await ask(listRoute, key, { headers }))).toEqual([
      400,
      "api_key_misused",
    ]);
    const foreign = { body: { ...project.body, tenantId: bob.tenantId } };
    const path = { subscriptionId: plan?.id ?? "" };
    for (const answer of [
      await ask(projectRoute, key, foreign),
      await ask(oneRoute, key, { path }),
    ])
      expect(await refusalOf(answer)).toEqual([404, "not_found"]);
  });

  it("does nothing where only people may: not even from this very site", async () => {
    const { key } = await makeKey(await world.person());
    expect(await refusalOf(await ask(leaveRoute, key, { body: {} }))).toEqual([
      403,
      "cross_site",
    ]);
    const headers = { origin: "http://localhost:3000" };
    expect(
      await refusalOf(await ask(leaveRoute, key, { body: {}, headers })),
    ).toEqual([401, "no_session"]);
  });

  it("that asks too often has to wait", async () => {
    const { id, key } = await makeKey(await world.person());
    await world.rows(
      "UPDATE api_key SET request_count = 600, last_request = now() WHERE id = $1",
      [id],
    );
    const answer = await ask(listRoute, key);
    expect(answer.headers.get("retry-after")).toBe("60");
    expect(await refusalOf(answer)).toEqual([429, "rate_limited"]);
  });
});

describe("making and revoking keys", () => {
  it("is for owners and admins, within what they may themselves", async () => {
    const ada = await world.person();
    const make = async (role: string, wish: object) => {
      const one = await world.join(ada, await world.person(role), role);
      const { tenantId } = one;
      const body = { tenantId, name: "mine", ...wish };
      return (await world.post(makeRoute, one, body)).status;
    };
    expect(await make("admin", { billing: "read" })).toBe(201);
    expect(await make("admin", { billing: "write" })).toBe(403);
    for (const role of ["billing", "member", "viewer"])
      expect(await make(role, { product: "read" })).toBe(403);
    expect((await world.post(makeRoute, ada, { name: "none" })).status).toBe(
      422,
    );
  });

  it("takes a sign-in of the last 15 minutes or the password to make one, and neither to revoke one", async () => {
    const ada = await world.person();
    const { id } = await makeKey(ada);
    await world.rows(
      "UPDATE session SET created_at = now() - interval '16 minutes' WHERE user_id = $1",
      [ada.userId],
    );
    const wish = { name: "left open", billing: "read" };
    const tried = (extra: object) =>
      world.post(makeRoute, ada, { ...wish, ...extra });
    expect(await refusalOf(await tried({}))).toEqual([403, "reauth_required"]);
    expect(await refusalOf(await tried({ password: "a guess" }))).toEqual([
      422,
      "wrong_password",
    ]);
    const keys = () =>
      world.rows("SELECT FROM api_key WHERE tenant_id = $1", [ada.tenantId]);
    expect(await keys()).toHaveLength(1);
    expect((await tried({ password })).status).toBe(201);
    expect(await keys()).toHaveLength(2);
    const revoked = await world.post(revokeRoute, ada, {}, { keyId: id });
    expect(revoked.status).toBe(200);
  });

  it("stops at the workspace's own", async () => {
    const [ada, bob] = [await world.person(), await world.person("Bob")];
    const { id, key } = await makeKey(ada);
    const answer = await world.post(revokeRoute, bob, {}, { keyId: id });
    expect(answer.status).toBe(404);
    expect((await ask(listRoute, key)).status).toBe(200);
  });

  it("without JavaScript shows the key in an answer that nobody keeps", async () => {
    const ada = await world.person();
    const answer = await makeRoute(
      new Request("http://localhost:3000/api/api-keys", {
        method: "POST",
        headers: {
          origin: "http://localhost:3000",
          cookie: ada.cookie,
          accept: "text/html",
          "content-type": "application/x-www-form-urlencoded",
        },
        body: new URLSearchParams({ name: "by hand", billing: "read" }),
      }),
    );
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const [key = ""] = /tk_[A-Za-z]{64}/.exec(await answer.text()) ?? [];
    expect((await ask(listRoute, key)).status).toBe(200);
  });
});
