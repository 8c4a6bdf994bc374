import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as revokeSessionRoute } from "@/app/api/account/sessions/revoke/route";
import { POST as acceptRoute } from "@/app/api/invitations/[invitationId]/accept/route";
import { POST as resendRoute } from "@/app/api/invitations/[invitationId]/resend/route";
import { POST as revokeRoute } from "@/app/api/invitations/[invitationId]/revoke/route";
import { POST as removeRoute } from "@/app/api/members/remove/route";
import { POST as roleRoute } from "@/app/api/members/role/route";
import { POST as resetRoute } from "@/app/api/password/reset/route";
import { eventFilter, getEvent, listEvents } from "@/lib/admin/events";
import { listAudit } from "@/lib/audit/list";
import { getInvitation } from "@/lib/auth/invitation";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

/** What Postgres refuses in a text, and what is no text of anybody's. */
const hostile = ["a\0b", "\ud800", "%00", "' OR 1=1 --", "__proto__", "🦊"];

describe("an id that no row can have", () => {
  it.each(hostile)("%j in a request is refused or not found", async (id) => {
    const ada = await world.confirmed("Ada");
    const password = "correct horse battery";
    const inPath = { invitationId: id };
    const answers = [
      await world.post(revokeSessionRoute, ada, { sessionId: id }),
      await world.post(acceptRoute, ada, {}, inPath),
      await world.post(resendRoute, ada, {}, inPath),
      await world.post(revokeRoute, ada, {}, inPath),
      await world.post(removeRoute, ada, { userId: id }),
      await world.post(roleRoute, ada, { userId: id, role: "member" }),
      await world.post(removeRoute, ada, { userId: "x", tenantId: id }),
      await world.post(resetRoute, null, { token: id, password }),
    ];
    for (const { status } of answers) expect([404, 410, 422]).toContain(status);
  });

  it.each(hostile)(
    "%j in an address names no invitation and no event",
    async (id) => {
      expect(await getInvitation(id)).toBeNull();
      expect(await getEvent(id)).toBeNull();
    },
  );
});

describe("a filter that makes no sense counts as absent", () => {
  const nothing = {
    kind: null,
    who: null,
    from: null,
    to: null,
    before: null,
    after: null,
  };

  it.each([
    ...hostile.map((who) => ({ who })),
    { from: "0000-01-01" },
    { to: "9999-12-31" },
    { from: "9999-12-31", to: "0000-01-01" },
    { before: "999999999999999_x" },
    { after: "999999999999999_x" },
  ])("in the audit log: %j", async (filter) => {
    const ada = await world.person("Ada");
    const page = await listAudit(ada, { ...nothing, ...filter });
    expect(page.entries.length).toBeLessThanOrEqual(50);
  });

  it.each([
    ...hostile.map((type) => ({ type })),
    ...hostile.map((object) => ({ object })),
    { before: "99999999999999999999_evt_1" },
    { before: "+33658-01-01T00:00:00.000Z_evt_1" },
  ])("among the events: %j", async (filter) => {
    const { older } = await listEvents(eventFilter.parse(filter));
    expect(older).toBeNull();
  });
});
