import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordSecurity } from "@/lib/audit/record";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const securityRows = (person: Person) =>
  world.rows<{ action: string; actor_id: string; cause: string }>(
    "SELECT action, actor_id, object_id, cause, details FROM audit_entry WHERE tenant_id = $1 AND action LIKE 'person.%'",
    [person.tenantId],
  );

describe("a security event", () => {
  it("stands in each workspace of the person, and in nobody else's", async () => {
    const [ada, bob] = [await world.person("Ada"), await world.person("Bob")];
    await world.rows(
      "INSERT INTO membership (id, tenant_id, user_id, role) VALUES (gen_random_uuid()::text, $1, $2, 'member')",
      [bob.tenantId, ada.userId],
    );
    const eve = await world.person("Eve");
    await recordSecurity({
      userId: ada.userId,
      action: "person.session_revoked",
      cause: "req_1",
      details: { sessions: 2 },
    });
    const row = {
      action: "person.session_revoked",
      actor_id: ada.userId,
      object_id: ada.userId,
      cause: "req_1",
      details: { sessions: 2 },
    };
    expect(await securityRows(ada)).toContainEqual(row);
    expect(await securityRows(bob)).toContainEqual(row);
    expect(await securityRows(eve)).not.toContainEqual(row);
  });

  it("of somebody without a workspace is no error", async () => {
    await recordSecurity({
      userId: "nobody",
      action: "person.sign_in_failed",
      cause: "req_2",
    });
    expect(
      await world.rows("SELECT 1 FROM audit_entry WHERE actor_id = 'nobody'"),
    ).toEqual([]);
  });
});

describe("what is written", () => {
  it.each(["tenant", "system"])(
    "cannot be changed or deleted by %s",
    async (role) => {
      const ada = await world.person();
      await recordSecurity({
        userId: ada.userId,
        action: "person.signed_out",
        cause: "req_3",
      });
      for (const act of [
        "UPDATE audit_entry SET action = 'x'",
        "DELETE FROM audit_entry",
        "TRUNCATE audit_entry",
      ]) {
        await expect(
          world.rows(`DO $$ BEGIN
          EXECUTE format('SET LOCAL ROLE %I', app_role('${role}'));
          PERFORM set_config('app.tenant_id', '${ada.tenantId}', true);
          ${act};
        END $$`),
        ).rejects.toThrow(/permission denied/);
      }
    },
  );
});
