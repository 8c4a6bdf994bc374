import { beforeAll, describe, expect, it } from "vitest";
import { queryOnce } from "@/tests/support/query-once";

const origin = "https://app.example.com";
const person = {
  name: "Ada",
  email: "ada@example.com",
  password: "correct horse battery",
};

type Handler = (request: Request) => Promise<Response>;
let signUp: Handler;
let signIn: Handler;
beforeAll(async () => {
  process.env["APP_URL"] = origin; // before it is read for the first time
  signUp = (await import("@/app/api/sign-up/route")).POST;
  signIn = (await import("@/app/api/sign-in/route")).POST;
  await post(signUp, person);
});

const adminUrl = () => process.env["TEST_ADMIN_DATABASE_URL"] ?? "";

function asBrowser(body: object, cookie: string): Request {
  return new Request(origin, {
    method: "POST",
    headers: { origin, cookie, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
}

/** The session's cookie as it is set, and everything else that a script could read. */
async function post(handler: Handler, body: object, cookie = "") {
  const answer = await handler(asBrowser(body, cookie));
  expect([answer.status, answer.ok]).toEqual([answer.status, true]);
  const [set = ""] = answer.headers
    .getSetCookie()
    .filter((line) => line.includes("session_token"));
  const [name = "", token = ""] = (set.split(";")[0] ?? "").split("=");
  return { set, name, token, body: await answer.text() };
}

const { email, password } = person;

async function isSignedIn({ name, token }: { name: string; token: string }) {
  const { getVisitor } = await import("@/lib/auth/membership");
  return (
    (await getVisitor(new Headers({ cookie: `${name}=${token}` }))) !== null
  );
}

describe("the cookie of a session, over https", () => {
  it("is Secure and says so in its name, is out of scripts' reach, and stays with this site", async () => {
    const { set, token, body } = await post(signIn, { email, password });
    expect(set).toMatch(/^__Secure-turnpike\.session_token=/);
    for (const attribute of ["HttpOnly", "Secure", "SameSite=Lax", "Path=/"])
      expect(set).toContain(`; ${attribute}`);
    expect(set).not.toMatch(/; Domain/i);
    expect(token.length).toBeGreaterThan(40);
    expect(body).not.toContain(token.split(".")[0]);
  });

  it("is a new one at each signing in, whatever the browser came with", async () => {
    const planted = await post(signIn, { email, password });
    const cookie = `${planted.name}=${planted.token}`;
    const own = await post(signIn, { email, password }, cookie);
    expect(own.token).not.toBe(planted.token);
    expect(own.token.length).toBeGreaterThan(40);
    expect(await isSignedIn(planted)).toBe(false);
    expect(await isSignedIn(own)).toBe(true);
    await post(
      signUp,
      { ...person, email: "bob@example.com" },
      `${own.name}=${own.token}`,
    );
    expect(await isSignedIn(own)).toBe(false);
  });

  it("a session that could not be ended is not called a taken address", async () => {
    const own = await post(signIn, { email, password });
    await queryOnce(
      adminUrl(),
      `
      CREATE FUNCTION no_sign_out() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'full'; END $$;
      CREATE TRIGGER no_sign_out BEFORE INSERT ON audit_entry FOR EACH ROW
        WHEN (NEW.action = 'person.signed_out') EXECUTE FUNCTION no_sign_out()`,
    );
    const carol = { ...person, email: "carol@example.com" };
    const answer = await signUp(asBrowser(carol, `${own.name}=${own.token}`));
    await queryOnce(adminUrl(), "DROP FUNCTION no_sign_out CASCADE");
    expect(answer.status).toBeGreaterThanOrEqual(500);
  });

  it("and a session elsewhere goes on, as does the browser's own when signing in fails", async () => {
    const [elsewhere, own] = [
      await post(signIn, { email, password }),
      await post(signIn, { email, password }),
    ];
    const wrong = await signIn(
      asBrowser(
        { email, password: "wrong horse battery" },
        `${own.name}=${own.token}`,
      ),
    );
    expect(wrong.status).toBe(401);
    expect(await isSignedIn(own)).toBe(true);
    await post(signIn, { email, password }, `${own.name}=${own.token}`);
    expect(await isSignedIn(elsewhere)).toBe(true);
  });
});
