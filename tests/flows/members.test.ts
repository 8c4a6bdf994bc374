import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as leaveRoute } from "@/app/api/members/leave/route";
import { POST as removeRoute } from "@/app/api/members/remove/route";
import { POST as roleRoute } from "@/app/api/members/role/route";
import { POST as projectRoute } from "@/app/api/projects/route";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** A workspace of Ada's with one more member. */
async function team(role: string) {
  const ada = await world.person("Ada");
  const bob = await world.join(ada, await world.person("Bob"), role);
  return { ada, bob };
}

const giveRole = (who: Person | null, whom: Person, role: unknown) =>
  world.post(roleRoute, who, {
    tenantId: whom.tenantId,
    userId: whom.userId,
    role,
  });

const remove = (who: Person | null, whom: Person) =>
  world.post(removeRoute, who, {
    tenantId: whom.tenantId,
    userId: whom.userId,
  });

const leave = (who: Person) =>
  world.post(leaveRoute, who, { tenantId: who.tenantId });

async function rolesIn({ tenantId }: Person): Promise<string[]> {
  const rows = await world.rows<{ role: string }>(
    "SELECT role FROM membership WHERE tenant_id = $1 ORDER BY role",
    [tenantId],
  );
  return rows.map((row) => row.role);
}

async function actions({ tenantId }: Person): Promise<string[]> {
  const rows = await world.rows<{ action: string }>(
    "SELECT action FROM audit_entry WHERE tenant_id = $1 ORDER BY at, id",
    [tenantId],
  );
  return rows.map((row) => row.action);
}

const inOrder = (a: number, b: number) => a - b;

async function refusal(answer: Response): Promise<[number, unknown]> {
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
}

describe("an owner", () => {
  const password = "correct horse battery";
  const change = (who: Person, whom: Person, more: object) =>
    world.post(roleRoute, who, {
      tenantId: whom.tenantId,
      userId: whom.userId,
      ...more,
    });
  const anHourAgo = ({ userId }: Person) =>
    world.rows(
      "UPDATE session SET created_at = now() - interval '1 hour' WHERE user_id = $1",
      [userId],
    );

  it("is made or unmade by who signed in lately, or gives the password", async () => {
    const { ada, bob } = await team("member");
    await anHourAgo(ada);
    const reauth = [403, "reauth_required"];
    expect(await refusal(await change(ada, bob, { role: "owner" }))).toEqual(
      reauth,
    );
    const wrong = { role: "owner", password: "a wrong one" };
    expect(await refusal(await change(ada, bob, wrong))).toEqual([
      422,
      "wrong_password",
    ]);
    expect((await change(ada, bob, { role: "owner", password })).status).toBe(
      200,
    );
    expect(await refusal(await change(ada, bob, { role: "viewer" }))).toEqual(
      reauth,
    );
    expect(await refusal(await remove(ada, bob))).toEqual(reauth);
    expect(await rolesIn(ada)).toEqual(["owner", "owner"]);
    expect((await change(ada, bob, { role: "viewer", password })).status).toBe(
      200,
    );
    // What is about no owner needs no more than a session.
    expect((await change(ada, bob, { role: "member" })).status).toBe(200);
    expect((await remove(ada, bob)).status).toBe(200);
  });
});

describe("a role", () => {
  it("is changed, counts from the next request on, and is written down once", async () => {
    const { ada, bob } = await team("viewer");
    const create = () =>
      world.post(projectRoute, bob, { tenantId: bob.tenantId, name: "Bridge" });
    expect(await refusal(await create())).toEqual([403, "forbidden"]);
    expect((await giveRole(ada, bob, "member")).status).toBe(200);
    expect((await giveRole(ada, bob, "member")).status).toBe(200);
    expect((await create()).status).toBe(201);
    expect(await actions(ada)).toEqual([
      "access.denied",
      "member.role_changed",
      "project.created",
    ]);
  });

  it("is not for members, billing or viewers to change", async () => {
    for (const role of ["member", "billing", "viewer"]) {
      const { bob } = await team(role);
      expect(await refusal(await giveRole(bob, bob, "owner"))).toEqual([
        403,
        "forbidden",
      ]);
    }
  });

  it("of an owner, or one that may more than an admin, is not for an admin to give or take", async () => {
    const { ada, bob: admin } = await team("admin");
    for (const role of ["owner", "billing"]) {
      const answer = await giveRole(admin, admin, role);
      expect(await refusal(answer)).toEqual([403, "forbidden"]);
    }
    expect(await refusal(await giveRole(admin, ada, "member"))).toEqual([
      403,
      "forbidden",
    ]);
    expect(await rolesIn(ada)).toEqual(["admin", "owner"]);
  });

  it("in another's workspace answers as one that is not there", async () => {
    const { bob } = await team("member");
    const eve = await world.person("Eve");
    expect(await refusal(await giveRole(eve, bob, "viewer"))).toEqual([
      404,
      "not_found",
    ]);
    const stranger = { ...bob, tenantId: eve.tenantId };
    expect(await refusal(await giveRole(eve, stranger, "viewer"))).toEqual([
      404,
      "not_found",
    ]);
    expect(await refusal(await giveRole(null, bob, "viewer"))).toEqual([
      401,
      "no_session",
    ]);
  });

  it.each([["owner,admin"], [["owner"]], ["king"], [""]])(
    "of %j is 422",
    async (role) => {
      const { ada, bob } = await team("member");
      expect(await refusal(await giveRole(ada, bob, role))).toEqual([
        422,
        "validation",
      ]);
    },
  );
});

describe("the last owner", () => {
  it("can neither step down, leave nor be removed", async () => {
    const { ada } = await team("admin");
    for (const act of [
      () => giveRole(ada, ada, "admin"),
      () => leave(ada),
      () => remove(ada, ada),
    ])
      expect(await refusal(await act())).toEqual([409, "last_owner"]);
    expect(await rolesIn(ada)).toEqual(["admin", "owner"]);
  });

  it("stays when two owners unmake each other at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, bob } = await team("owner");
      const answers = await Promise.all([
        giveRole(ada, bob, "member"),
        giveRole(bob, ada, "member"),
      ]);
      const statuses = answers.map((answer) => answer.status).sort(inOrder);
      expect(statuses).toEqual([200, 403]);
      expect(await rolesIn(ada)).toEqual(["member", "owner"]);
    }
  });

  it("stays when two owners leave at the same moment", async () => {
    for (let round = 0; round < 5; round += 1) {
      const { ada, bob } = await team("owner");
      const answers = await Promise.all([leave(ada), leave(bob)]);
      const statuses = answers.map((answer) => answer.status).sort(inOrder);
      expect(statuses).toEqual([200, 409]);
      expect(await rolesIn(ada)).toEqual(["owner"]);
    }
  });
});

describe("a member", () => {
  it("who is removed is out from the next request on; a second removal finds nobody", async () => {
    const { ada, bob } = await team("member");
    expect((await remove(ada, bob)).status).toBe(200);
    const name = { tenantId: bob.tenantId, name: "Bridge" };
    const answer = await world.post(projectRoute, bob, name);
    expect(await refusal(answer)).toEqual([404, "not_found"]);
    expect(await refusal(await remove(ada, bob))).toEqual([404, "not_found"]);
    expect(await actions(ada)).toEqual(["member.removed"]);
  });

  it("leaves once, and keeps a workspace of their own", async () => {
    const { ada, bob } = await team("member");
    expect((await leave(bob)).status).toBe(200);
    expect(await refusal(await leave(bob))).toEqual([404, "not_found"]);
    expect(await rolesIn(ada)).toEqual(["owner"]);
    expect(await actions(ada)).toEqual(["member.left"]);
  });

  it("is not removed by another's owner, nor an owner by an admin", async () => {
    const { ada, bob: admin } = await team("admin");
    const eve = await world.person("Eve");
    expect(await refusal(await remove(eve, admin))).toEqual([404, "not_found"]);
    expect(await refusal(await remove(admin, ada))).toEqual([403, "forbidden"]);
  });
});
