import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as acceptRoute } from "@/app/api/invitations/[invitationId]/accept/route";
import { POST as resendRoute } from "@/app/api/invitations/[invitationId]/resend/route";
import { POST as revokeRoute } from "@/app/api/invitations/[invitationId]/revoke/route";
import { POST as inviteRoute } from "@/app/api/invitations/route";
import { POST as projectRoute } from "@/app/api/projects/route";
import { runDueEffects } from "@/lib/fulfilment/run";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

const invite = (
  who: Person | null,
  to: { email: string; tenantId?: string },
  role: unknown = "member",
) =>
  world.post(inviteRoute, who, {
    tenantId: to.tenantId ?? who?.tenantId,
    email: to.email,
    role,
  });

/** An invitation that must work. */
async function invited(who: Person, to: { email: string }, role = "member") {
  const answer = await invite(who, { email: to.email }, role);
  if (answer.status !== 201) throw new Error(await answer.text());
  return ((await answer.json()) as { id: string }).id;
}

const accept = (who: Person | null, invitationId: string) =>
  world.post(acceptRoute, who, {}, { invitationId });
const resend = (who: Person, invitationId: string) =>
  world.post(resendRoute, who, { tenantId: who.tenantId }, { invitationId });
const revoke = (who: Person, invitationId: string) =>
  world.post(revokeRoute, who, { tenantId: who.tenantId }, { invitationId });

const inOrder = (a: number, b: number) => a - b;

async function refusal(answer: Response): Promise<[number, unknown]> {
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
}

let count = 0;
const address = () => `guest-${process.pid}-${(count += 1)}@example.com`;

async function invitationMails(to: string) {
  await runDueEffects(20);
  const mails = await world.mails(to);
  return mails.filter((mail) => mail.subject.includes("invites you to"));
}

const membersOf = ({ tenantId }: Person) =>
  world.rows("SELECT user_id, role FROM membership WHERE tenant_id = $1", [
    tenantId,
  ]);

const expire = (id: string) =>
  world.rows(
    "UPDATE invitation SET expires_at = now() - interval '1 second' WHERE id = $1",
    [id],
  );

describe("an invitation", () => {
  it("is one mail whose link makes the invited a member with that role", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob, "viewer");
    const [mail, second] = await invitationMails(bob.email);
    expect(second).toBeUndefined();
    expect(mail?.subject).toBe("Ada invites you to Ada’s workspace");
    expect(mail?.text).toContain(`http://localhost:3000/invite/${id}`);

    const answer = await accept(bob, id);
    expect(await answer.json()).toEqual({ location: `/t/${ada.slug}` });
    expect(await membersOf(ada)).toEqual(
      expect.arrayContaining([{ user_id: bob.userId, role: "viewer" }]),
    );
    const write = await world.post(projectRoute, bob, {
      tenantId: ada.tenantId,
      name: "Bridge",
    });
    expect(await refusal(write)).toEqual([403, "forbidden"]);
  });

  it("accepted twice, also at the same moment, makes one member", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob);
    const answers = await Promise.all([accept(bob, id), accept(bob, id)]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200]);
    expect((await accept(bob, id)).status).toBe(200);
    expect(await membersOf(ada)).toHaveLength(2);
    const joined = await world.rows(
      "SELECT 1 FROM audit_entry WHERE tenant_id = $1 AND action = 'member.joined'",
      [ada.tenantId],
    );
    expect(joined).toHaveLength(1);
  });

  it("is for its address alone, and only once that is confirmed", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.person("Bob");
    const eve = await world.confirmed("Eve");
    const id = await invited(ada, bob);
    expect(await refusal(await accept(eve, id))).toEqual([
      403,
      "other_address",
    ]);
    expect(await refusal(await accept(bob, id))).toEqual([
      403,
      "email_not_verified",
    ]);
    expect(await refusal(await accept(null, id))).toEqual([401, "no_session"]);
    expect(await refusal(await accept(eve, "guessed"))).toEqual([
      404,
      "not_found",
    ]);
    expect(await membersOf(ada)).toHaveLength(1);
  });

  it("that was accepted opens nothing for a member who was removed since", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob);
    await accept(bob, id);
    await world.rows("DELETE FROM membership WHERE user_id = $1", [bob.userId]);
    expect(await refusal(await accept(bob, id))).toEqual([
      410,
      "invitation_over",
    ]);
  });

  it("ends after seven days; sent again, it stands for seven more, by a second mail", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob);
    await expire(id);
    expect(await refusal(await accept(bob, id))).toEqual([
      410,
      "invitation_over",
    ]);
    expect(await refusal(await resend(ada, id))).toEqual([429, "rate_limited"]);
    await world.rows(
      "UPDATE invitation SET sent_at = sent_at - interval '1 minute' WHERE id = $1",
      [id],
    );
    expect((await resend(ada, id)).status).toBe(200);
    expect(await invitationMails(bob.email)).toHaveLength(2);
    const [row] = await world.rows<{ days: number }>(
      "SELECT round(extract(epoch FROM expires_at - now()) / 86400)::int AS days FROM invitation WHERE id = $1",
      [id],
    );
    expect(row?.days).toBe(7);
    expect((await accept(bob, id)).status).toBe(200);
  });

  it("that expired can be made anew", async () => {
    const ada = await world.confirmed("Ada");
    const email = address();
    await expire(await invited(ada, { email }));
    await invited(ada, { email });
    const rows = await world.rows<{ status: string }>(
      "SELECT status FROM invitation WHERE email = $1 ORDER BY created_at",
      [email],
    );
    expect(rows.map((row) => row.status)).toEqual(["expired", "pending"]);
  });

  it("that is withdrawn opens nothing, is not sent again and frees its seat", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob);
    expect((await revoke(ada, id)).status).toBe(200);
    for (const act of [
      () => accept(bob, id),
      () => resend(ada, id),
      () => revoke(ada, id),
    ])
      expect(await refusal(await act())).toEqual([410, "invitation_over"]);
    await invited(ada, { email: address() });
  });

  it("of another workspace answers as one that is not there", async () => {
    const ada = await world.confirmed("Ada");
    const eve = await world.confirmed("Eve");
    const id = await invited(ada, { email: address() });
    for (const act of [resend, revoke])
      expect(await refusal(await act(eve, id))).toEqual([404, "not_found"]);
    const foreign = { email: address(), tenantId: ada.tenantId };
    expect(await refusal(await invite(eve, foreign))).toEqual([
      404,
      "not_found",
    ]);
  });
});

describe("the mail of an invitation", () => {
  it("waits for its turn when it cannot go at once; of one that was withdrawn none is sent", async () => {
    const ada = await world.confirmed("Ada");
    const email = address();
    await world.rows(
      "CREATE FUNCTION later() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.next_try_at := now() + interval ''1 hour''; RETURN NEW; END'",
    );
    await world.rows(
      "CREATE TRIGGER later BEFORE INSERT ON effect FOR EACH ROW EXECUTE FUNCTION later()",
    );
    const id = await invited(ada, { email });
    await world.rows("DROP FUNCTION later CASCADE");
    expect(await invitationMails(email)).toEqual([]);
    const due = () =>
      world.rows(
        "UPDATE effect SET next_try_at = now() - interval '1 second' WHERE cause LIKE $1",
        [`invitation:${id}:%`],
      );
    await due();
    expect(await invitationMails(email)).toHaveLength(1);

    const other = address();
    const second = await world.confirmed("Bob");
    const withdrawn = await invited(second, { email: other });
    await revoke(second, withdrawn);
    await world.rows(
      "UPDATE effect SET finished_at = NULL, state = 'pending', next_try_at = now() - interval '1 second' WHERE cause = $1",
      [`invitation:${withdrawn}:1`],
    );
    expect(await invitationMails(other)).toHaveLength(1);
  });
});

describe("inviting", () => {
  it("the same address twice, or a member, says so and mails nobody again", async () => {
    const ada = await world.confirmed("Ada");
    const email = address();
    await invited(ada, { email });
    const again = { email: email.toUpperCase() };
    expect(await refusal(await invite(ada, again))).toEqual([
      409,
      "already_invited",
    ]);
    expect(await refusal(await invite(ada, ada))).toEqual([
      409,
      "already_member",
    ]);
    expect(await invitationMails(email)).toHaveLength(1);
  });

  it("one address again and again is held up, however often it is withdrawn between", async () => {
    const ada = await world.confirmed("Ada");
    const email = address();
    for (let n = 0; n < 5; n += 1) {
      const id = await invited(ada, { email });
      expect((await revoke(ada, id)).status).toBe(200);
    }
    const sixth = await world.post(inviteRoute, ada, { email, role: "member" });
    expect(await refusal(sixth)).toEqual([429, "rate_limited"]);
    expect(await invitationMails(email)).toHaveLength(5);
    await invited(ada, { email: address() });
  });

  it("needs a confirmed address, and a role that decides over the one given", async () => {
    const ada = await world.person("Ada");
    expect(await refusal(await invite(ada, { email: address() }))).toEqual([
      403,
      "email_not_verified",
    ]);
    for (const [role, given] of [
      ["admin", "owner"],
      ["admin", "billing"],
      ["member", "viewer"],
    ] as const) {
      const owner = await world.confirmed("Owner");
      const bob = await world.join(owner, await world.confirmed("Bob"), role);
      const answer = await invite(bob, { email: address() }, given);
      expect(await refusal(answer)).toEqual([403, "forbidden"]);
    }
  });

  it.each([["owner,admin"], [["owner"]], ["king"]])(
    "for the role %j is 422",
    async (role) => {
      const ada = await world.confirmed("Ada");
      const answer = await invite(ada, { email: address() }, role);
      expect(await refusal(answer)).toEqual([422, "validation"]);
    },
  );
});

describe("the seats of a plan", () => {
  it("hold members and open invitations together, also against simultaneous ones", async () => {
    const ada = await world.confirmed("Ada");
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => invite(ada, { email: address() })),
    );
    const statuses = answers.map((answer) => answer.status).sort(inOrder);
    expect(statuses).toEqual([201, 403, 403, 403, 403, 403]);
    const refused = answers.find((answer) => answer.status === 403);
    expect(await refused?.json()).toMatchObject({ code: "limit_reached" });

    await world.buy(ada, "pro_monthly");
    expect((await invite(ada, { email: address() })).status).toBe(201);
  });

  it("are counted again when an invitation is accepted or sent again", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const id = await invited(ada, bob);
    const expired = await invited(ada, { email: address() }).catch(() => null);
    expect(expired).toBeNull();
    // The seat is taken by somebody else meanwhile, as when a plan got smaller.
    const carl = await world.join(ada, await world.person("Carl"), "member");
    expect(await refusal(await accept(bob, id))).toEqual([
      403,
      "limit_reached",
    ]);
    await world.rows(
      "UPDATE invitation SET sent_at = sent_at - interval '1 minute' WHERE id = $1",
      [id],
    );
    expect(await refusal(await resend(ada, id))).toEqual([
      403,
      "limit_reached",
    ]);
    await world.rows(
      "DELETE FROM membership WHERE user_id = $1 AND tenant_id = $2",
      [carl.userId, ada.tenantId],
    );
    expect((await accept(bob, id)).status).toBe(200);
  });
});
