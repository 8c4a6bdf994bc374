import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as emailRoute } from "@/app/api/account/email/route";
import { POST as nameRoute } from "@/app/api/account/name/route";
import { POST as passwordRoute } from "@/app/api/account/password/route";
import { POST as othersRoute } from "@/app/api/account/sessions/revoke-others/route";
import { POST as revokeRoute } from "@/app/api/account/sessions/revoke/route";
import { POST as verificationRoute } from "@/app/api/account/verification/route";
import { GET as authRoute } from "@/app/api/auth/[...all]/route";
import { POST as forgotRoute } from "@/app/api/password/forgot/route";
import { POST as resetRoute } from "@/app/api/password/reset/route";
import { POST as projectRoute } from "@/app/api/projects/route";
import { POST as signInRoute } from "@/app/api/sign-in/route";
import { POST as closeRoute } from "@/app/api/settings/close/route";
import { POST as signOutRoute } from "@/app/api/sign-out/route";
import { getVisitor } from "@/lib/auth/membership";
import { listSessions } from "@/lib/auth/sessions";
import { cookiesOf } from "@/tests/support/cookies";
import { password } from "@/tests/support/make-person";
import { startWorld, type Person, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld({ mail: true });
});
afterAll(() => world.close());

const other = "another long password";

const signIn = (email: string, secret = password) =>
  world.post(signInRoute, null, { email, password: secret });

/** The same person at another browser. */
async function elsewhere(person: Person): Promise<Person> {
  return { ...person, cookie: cookiesOf(await signIn(person.email)) };
}

const visitor = (person: Person) =>
  getVisitor(new Headers({ cookie: person.cookie }));

async function sessionsOf(person: Person) {
  const who = await visitor(person);
  if (!who) throw new Error("signed out");
  return listSessions(who);
}

async function refusal(answer: Response): Promise<[number, unknown]> {
  const { code } = (await answer.json()) as { code?: string };
  return [answer.status, code];
}

async function newestMail(to: string, subject: RegExp) {
  const mails = await world.mails(to);
  return mails.find((mail) => subject.test(mail.subject));
}

/** The one address in the newest mail of that kind. */
async function linkIn(to: string, subject: RegExp): Promise<string> {
  const mail = await newestMail(to, subject);
  const link = /http:\/\/localhost:3000\/\S+/.exec(mail?.text ?? "")?.[0];
  if (!link) throw new Error(`no link in "${mail?.subject}" to ${to}`);
  return link;
}

const open = (link: string, person?: Person) =>
  authRoute(
    new Request(link, { headers: person ? { cookie: person.cookie } : {} }),
  );

async function actions({ tenantId }: Person): Promise<string[]> {
  const rows = await world.rows<{ action: string }>(
    "SELECT action FROM audit_entry WHERE tenant_id = $1 ORDER BY at, id",
    [tenantId],
  );
  return rows.map((row) => row.action);
}

const isVerified = async ({ userId }: Person) =>
  (
    await world.rows<{ email_verified: boolean }>(
      'SELECT email_verified FROM "user" WHERE id = $1',
      [userId],
    )
  )[0]?.email_verified;

describe("the address signed up with", () => {
  it("is confirmed by the link that was mailed, which may be sent again until then", async () => {
    const ada = await world.signUp("Ada");
    const again = () => world.post(verificationRoute, ada);
    expect((await again()).status).toBe(202);
    const link = await linkIn(ada.email, /^Confirm your email address/);
    const answer = await open(link);
    expect(answer.headers.get("location")).toMatch(/\/confirmed$/);
    expect(await isVerified(ada)).toBe(true);

    const before = (await world.mails(ada.email)).length;
    expect((await again()).status).toBe(202);
    expect(await world.mails(ada.email)).toHaveLength(before);
  });

  it("stays unconfirmed by a link that was tampered with", async () => {
    const ada = await world.signUp("Ada");
    const link = await linkIn(ada.email, /^Confirm/);
    const answer = await open(link.replace(/token=.{6}/, "token=AAAAAA"));
    expect(answer.headers.get("location")).toContain("/confirmed?error=");
    expect(await isVerified(ada)).toBe(false);
  });

  it("leads on to the page one came for, never to another site", async () => {
    const ada = await world.signUp("Ada");
    const landing = async (next: string) => {
      await world.post(verificationRoute, ada, { next });
      const link = new URL(await linkIn(ada.email, /^Confirm/));
      return link.searchParams.get("callbackURL");
    };
    expect(await landing("/invite/x")).toBe("/confirmed?next=%2Finvite%2Fx");
    expect(await landing("//evil.com")).toBe("/confirmed");
    const link = new URL(await linkIn(ada.email, /^Confirm/));
    for (const evil of ["https://evil.com", "/confirmed?next=//evil.com"]) {
      link.searchParams.set("callbackURL", evil);
      const answer = await open(link.href);
      expect(answer.headers.get("location")).toBe("/confirmed");
    }
  });
});

describe("better-auth's own addresses", () => {
  it("are closed but for the one that mails name", async () => {
    for (const path of ["get-session", "error", "ok", "organization/list"]) {
      const answer = await open(`http://localhost:3000/api/auth/${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe("a name", () => {
  it("is changed for this person alone", async () => {
    const ada = await world.person("Ada");
    const bob = await world.person("Bob");
    const answer = await world.post(nameRoute, ada, { name: " Ada King " });
    expect(answer.status).toBe(200);
    expect((await visitor(ada))?.name).toBe("Ada King");
    expect((await visitor(bob))?.name).toBe("Bob");
    expect(
      await refusal(await world.post(nameRoute, ada, { name: "a\0b" })),
    ).toEqual([422, "validation"]);
    expect(
      await refusal(await world.post(nameRoute, null, { name: "x" })),
    ).toEqual([401, "no_session"]);
  });
});

describe("a new email address", () => {
  const change = (who: Person, email: string, secret = password) =>
    world.post(emailRoute, who, { email, password: secret });

  it("counts once it is confirmed, and the old one is told", async () => {
    const ada = await world.confirmed("Ada");
    const fresh = `fresh-${ada.email}`;
    expect((await change(ada, fresh.toUpperCase())).status).toBe(202);
    expect((await visitor(ada))?.email).toBe(ada.email);
    expect((await newestMail(ada.email, /being changed/))?.subject).toContain(
      fresh,
    );
    const link = await linkIn(fresh, /^Confirm your new email address/);
    await open(link, ada);
    expect(await visitor(ada)).toMatchObject({
      email: fresh,
      emailVerified: true,
    });
    expect((await signIn(fresh)).status).toBe(200);
    expect(await refusal(await signIn(ada.email))).toEqual([
      401,
      "invalid_credentials",
    ]);
    expect(await actions(ada)).toContain("person.email_changed");
    const again = await open(link, ada);
    expect(again.headers.get("location")).toContain("/confirmed?error=");
  });

  it("needs the current password, five tries in a quarter of an hour", async () => {
    const ada = await world.confirmed("Ada");
    for (let n = 0; n < 5; n += 1)
      expect(
        await refusal(await change(ada, "x@example.com", "wrong")),
      ).toEqual([422, "wrong_password"]);
    expect(await refusal(await change(ada, "x@example.com"))).toEqual([
      429,
      "too_many_passwords",
    ]);
    expect(await world.mails("x@example.com")).toEqual([]);
  });

  it("is asked for five times in a quarter of an hour, so that no stranger is flooded", async () => {
    const ada = await world.confirmed("Ada");
    const to = `flooded-by-${ada.email}`;
    for (let n = 0; n < 5; n += 1)
      expect((await change(ada, to)).status).toBe(202);
    expect(await refusal(await change(ada, to))).toEqual([429, "rate_limited"]);
    expect(await world.mails(to)).toHaveLength(5);
  });

  it("that is somebody else's answers the same, and changes nothing", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const before = (await world.mails(bob.email)).length;
    expect((await change(ada, bob.email)).status).toBe(202);
    expect(await world.mails(bob.email)).toHaveLength(before);
  });

  it("counts for nobody but the person, signed in: its link opens no account, whoever has it", async () => {
    const ada = await world.confirmed("Ada");
    const thief = await elsewhere(ada);
    const fresh = `thief-of-${ada.email}`;
    await change(thief, fresh);
    const changed = await world.post(passwordRoute, ada, {
      password,
      newPassword: other,
    });
    const link = await linkIn(fresh, /^Confirm your new/);
    const { pathname, search } = new URL(link);
    for (const who of [undefined, thief]) {
      const answer = await open(link, who);
      expect(answer.headers.getSetCookie()).toEqual([]);
      const location = new URL(answer.headers.get("location") ?? "");
      expect(location.pathname).toBe("/sign-in");
      expect(location.searchParams.get("next")).toBe(pathname + search);
    }
    const bob = await open(link, await world.confirmed("Bob"));
    expect(bob.headers.get("location")).toContain("/confirmed?error=");
    const still = { ...ada, cookie: cookiesOf(changed) };
    expect((await visitor(still))?.email).toBe(ada.email);
    const { length } = await sessionsOf(still);
    expect(length).toBe(1);
  });

  it("that became somebody else's meanwhile changes nothing and says so", async () => {
    const ada = await world.confirmed("Ada");
    const bob = await world.confirmed("Bob");
    const fresh = `taken-${ada.email}`;
    await change(ada, fresh);
    await world.rows('UPDATE "user" SET email = $1 WHERE id = $2', [
      fresh,
      bob.userId,
    ]);
    const answer = await open(await linkIn(fresh, /^Confirm your new/), ada);
    expect(answer.headers.get("location")).toContain("/confirmed?error=");
    expect((await visitor(ada))?.email).toBe(ada.email);
  });
});

describe("a password", () => {
  const change = (who: Person, current: string, newPassword = other) =>
    world.post(passwordRoute, who, { password: current, newPassword });

  it("is changed with the current one; every other session ends, this one goes on", async () => {
    const ada = await world.person("Ada");
    const phone = await elsewhere(ada);
    expect(await refusal(await change(ada, "wrong"))).toEqual([
      422,
      "wrong_password",
    ]);
    expect(await refusal(await change(ada, password, "short"))).toEqual([
      422,
      "weak_password",
    ]);
    expect(await visitor(phone)).not.toBeNull();
    const answer = await change(ada, password);
    expect(answer.status).toBe(200);
    expect(await visitor(phone)).toBeNull();
    expect(await visitor({ ...ada, cookie: cookiesOf(answer) })).not.toBeNull();
    expect((await signIn(ada.email, other)).status).toBe(200);
    expect(await refusal(await signIn(ada.email))).toEqual([
      401,
      "invalid_credentials",
    ]);
    expect(await actions(ada)).toEqual([
      "person.signed_in",
      "person.password_changed",
      "person.signed_in",
      "person.sign_in_failed",
    ]);
  });

  it("that was forgotten is set anew by a mailed link, once; every session ends", async () => {
    const ada = await world.person("Ada");
    await world.post(forgotRoute, null, { email: ada.email.toUpperCase() });
    const link = new URL(await linkIn(ada.email, /^Choose a new password/));
    expect(link.pathname).toBe("/reset");
    const token = link.searchParams.get("token");
    const reset = (secret: string) =>
      world.post(resetRoute, null, { token, password: secret });
    const stored = await world.rows<{ identifier: string }>(
      "SELECT * FROM verification WHERE value = $1",
      [ada.userId],
    );
    expect(stored).toHaveLength(1);
    expect(JSON.stringify(stored)).not.toContain(token);
    for (const { identifier } of stored)
      for (const read of [identifier, identifier.replace("reset-link:", "")])
        expect(
          (await world.post(resetRoute, null, { token: read, password: other }))
            .status,
        ).not.toBe(200);
    expect(await refusal(await reset("short"))).toEqual([422, "weak_password"]);
    expect((await reset(other)).status).toBe(200);
    expect(await visitor(ada)).toBeNull();
    expect((await signIn(ada.email, other)).status).toBe(200);
    expect(await refusal(await reset("a third password"))).toEqual([
      410,
      "link_expired",
    ]);
    expect(await actions(ada)).toContain("person.password_changed");
  });

  it("is not set by a link that is older than a change, an hour old, or made up", async () => {
    const ada = await world.person("Ada");
    await world.post(forgotRoute, null, { email: ada.email });
    const token = new URL(
      await linkIn(ada.email, /^Choose a new/),
    ).searchParams.get("token");
    const reset = (value: unknown) =>
      world.post(resetRoute, null, { token: value, password: other });
    await change(ada, password, "a third password");
    expect(await refusal(await reset(token))).toEqual([410, "link_expired"]);

    await world.post(forgotRoute, null, { email: ada.email });
    await world.rows(
      "UPDATE verification SET expires_at = now() - interval '1 second' WHERE value = $1",
      [ada.userId],
    );
    const old = new URL(
      await linkIn(ada.email, /^Choose a new/),
    ).searchParams.get("token");
    expect(await refusal(await reset(old))).toEqual([410, "link_expired"]);
    expect(await refusal(await reset("made-up"))).toEqual([
      410,
      "link_expired",
    ]);
    expect(await refusal(await reset({ not: null }))).toEqual([
      422,
      "validation",
    ]);
  });

  it("forgotten for an address that nobody has answers the same", async () => {
    const ada = await world.person("Ada");
    const ask = (email: string) => world.post(forgotRoute, null, { email });
    const known = await ask(ada.email);
    const unknown = await ask("nobody@example.com");
    expect([unknown.status, await unknown.json()]).toEqual([
      known.status,
      await known.json(),
    ]);
    expect(await world.mails("nobody@example.com")).toEqual([]);
  });
});

describe("guessing a password", () => {
  const wrong = { password: "a wrong password" };
  const codes = async (answers: Promise<Response>[]) =>
    (await Promise.all((await Promise.all(answers)).map(refusal)))
      .map(([, code]) => String(code))
      .toSorted();

  it("at an open session ends after five, at whatever form and however many at once", async () => {
    const ada = await world.confirmed("Ada");
    const { tenantId, email } = ada;
    const guesses = [1, 2, 3, 4].flatMap(() => [
      world.post(emailRoute, ada, { ...wrong, email: "x@example.com" }),
      world.post(passwordRoute, ada, { ...wrong, newPassword: other }),
      world.post(closeRoute, ada, {
        ...wrong,
        tenantId,
        name: "Ada’s workspace",
      }),
    ]);
    expect(await codes(guesses)).toEqual([
      ...Array<string>(7).fill("too_many_passwords"),
      ...Array<string>(5).fill("wrong_password"),
    ]);
    const late = await world.post(passwordRoute, ada, {
      password,
      newPassword: other,
    });
    expect(Number(late.headers.get("retry-after"))).toBeGreaterThan(800);
    expect((await signIn(email)).status).toBe(200);
  });

  it("with the right one begins anew", async () => {
    const ada = await world.confirmed("Ada");
    for (const round of [1, 2]) {
      for (let n = 0; n < 4; n += 1)
        await world.post(emailRoute, ada, { ...wrong, email: "x@example.com" });
      const email = `round-${round}-${ada.email}`;
      const right = await world.post(emailRoute, ada, { password, email });
      expect(right.status).toBe(202);
    }
  });

  it("at the door ends after twenty for one address, known or not, until a new one is chosen", async () => {
    const ada = await world.person("Ada");
    for (const email of [ada.email, `nobody-${ada.email}`]) {
      await signIn(email, "guess");
      await world.rows(
        "UPDATE rate_limit SET count = 17 WHERE key LIKE 'sign-in:%' AND count = 1",
      );
      const guesses = Array.from({ length: 6 }, () => signIn(email, "guess"));
      expect(await codes(guesses)).toEqual([
        ...Array<string>(3).fill("invalid_credentials"),
        ...Array<string>(3).fill("too_many_passwords"),
      ]);
    }
    const failed = (await actions(ada)).filter(
      (action) => action === "person.sign_in_failed",
    );
    expect(failed).toHaveLength(4);
    expect(await refusal(await signIn(ada.email.toUpperCase()))).toEqual([
      429,
      "too_many_passwords",
    ]);
    await world.post(forgotRoute, null, { email: ada.email });
    const link = await linkIn(ada.email, /^Choose a new/);
    const token = new URL(link).searchParams.get("token");
    await world.post(resetRoute, null, { token, password: other });
    expect((await signIn(ada.email, other)).status).toBe(200);
    const keys = await world.rows("SELECT key FROM rate_limit");
    expect(JSON.stringify(keys)).not.toContain("@");
  });

  it("is counted to its end, also after better-auth has cleared what is a minute old", async () => {
    const ada = await world.confirmed("Ada");
    for (let n = 0; n < 5; n += 1)
      await world.post(emailRoute, ada, { ...wrong, email: "x@example.com" });
    await world.rows("DELETE FROM rate_limit WHERE last_request < $1", [
      Date.now() + 14 * 60_000,
    ]);
    const body = { ...wrong, email: "x@example.com" };
    expect(await refusal(await world.post(emailRoute, ada, body))).toEqual([
      429,
      "too_many_passwords",
    ]);
  });
});

describe("sessions", () => {
  it("are listed with their device, this one first, without their secrets", async () => {
    const ada = await world.person("Ada");
    await elsewhere(ada);
    const sessions = await sessionsOf(ada);
    expect(sessions.map((session) => session.isCurrent)).toEqual([true, false]);
    const tokens = await world.rows<{ token: string }>(
      "SELECT token FROM session WHERE user_id = $1",
      [ada.userId],
    );
    for (const { token } of tokens)
      expect(JSON.stringify(sessions)).not.toContain(token);
  });

  it("are ended one by one, never somebody else's nor this one", async () => {
    const ada = await world.person("Ada");
    const phone = await elsewhere(ada);
    const bob = await world.person("Bob");
    const [own, second] = await sessionsOf(ada);
    const revoke = (who: Person, sessionId: string | undefined) =>
      world.post(revokeRoute, who, { sessionId });
    for (const act of [
      () => revoke(bob, second?.id),
      () => revoke(ada, own?.id),
    ])
      expect(await refusal(await act())).toEqual([404, "not_found"]);
    expect((await revoke(ada, second?.id)).status).toBe(200);
    expect(await refusal(await revoke(ada, second?.id))).toEqual([
      404,
      "not_found",
    ]);
    const write = await world.post(projectRoute, phone, { name: "Bridge" });
    expect(await refusal(write)).toEqual([401, "no_session"]);
    expect(await actions(ada)).toEqual([
      "person.signed_in",
      "person.session_revoked",
    ]);
  });

  it("are ended all but this one, which may be done twice", async () => {
    const ada = await world.person("Ada");
    const [phone, tablet] = [await elsewhere(ada), await elsewhere(ada)];
    for (let n = 0; n < 2; n += 1)
      expect((await world.post(othersRoute, ada)).status).toBe(200);
    expect([await visitor(phone), await visitor(tablet)]).toEqual([null, null]);
    expect(await sessionsOf(ada)).toHaveLength(1);
  });

  it("end by signing out, which is written down", async () => {
    const ada = await world.person("Ada");
    expect((await world.post(signOutRoute, ada)).status).toBe(200);
    expect(await visitor(ada)).toBeNull();
    expect(await actions(ada)).toEqual(["person.signed_out"]);
  });
});
