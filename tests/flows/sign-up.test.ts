import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { POST as signInRoute } from "@/app/api/sign-in/route";
import { POST as signUpRoute } from "@/app/api/sign-up/route";
import { startWorld, type World } from "@/tests/support/world";

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

const password = "correct horse battery";
const send = (handler: typeof signUpRoute, body: object) =>
  handler(
    new Request("http://localhost:3000/", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        origin: "http://localhost:3000",
      },
      body: JSON.stringify(body),
    }),
  );

let count = 0;
const newEmail = () => `person-${process.pid}-${(count += 1)}@example.com`;

describe("signing up", () => {
  it("makes one person with one workspace of which they are the owner", async () => {
    const email = newEmail();
    expect(
      (await send(signUpRoute, { name: "Ada", email, password })).status,
    ).toBe(200);
    const rows = await world.rows(
      `SELECT role, tenant.name FROM "user" JOIN membership ON user_id = "user".id
       JOIN tenant ON tenant.id = tenant_id WHERE email = $1`,
      [email],
    );
    expect(rows).toEqual([{ role: "owner", name: "Ada’s workspace" }]);
  });

  it("eight times at once with one email makes one person; the others are told why", async () => {
    const email = newEmail();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () =>
        send(signUpRoute, { name: "Ada", email, password }),
      ),
    );
    const statuses = answers.map((answer) => answer.status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
    expect(statuses.filter((status) => status === 422)).toHaveLength(7);
    const refused = answers.find((answer) => answer.status === 422);
    expect(await refused?.json()).toMatchObject({ code: "email_taken" });
    expect(
      await world.rows('SELECT 1 FROM "user" WHERE email = $1', [email]),
    ).toHaveLength(1);
  });

  it("that fails half-way leaves nobody behind, and the next try works", async () => {
    const email = newEmail();
    await world.rows(
      "ALTER TABLE account ADD CONSTRAINT no_more CHECK (false) NOT VALID",
    );
    const failed = await send(signUpRoute, { name: "Ada", email, password });
    await world.rows("ALTER TABLE account DROP CONSTRAINT no_more");
    expect(failed.ok).toBe(false);
    expect(
      await world.rows('SELECT 1 FROM "user" WHERE email = $1', [email]),
    ).toEqual([]);
    expect(
      (await send(signUpRoute, { name: "Ada", email, password })).status,
    ).toBe(200);
  });

  it("works although the mail server does not answer", async () => {
    process.env.SMTP_URL = "smtp://127.0.0.1:9";
    const email = newEmail();
    expect(
      (await send(signUpRoute, { name: "Ada", email, password })).status,
    ).toBe(200);
  });

  it.each([
    ["a NUL in the name", { name: "a\0b" }, "validation"],
    ["an invisible name", { name: "\u200b" }, "validation"],
    ["a name of 300 characters", { name: "x".repeat(300) }, "validation"],
    ["no email", { email: "ada" }, "validation"],
    ["a short password", { password: "short" }, "weak_password"],
    ["an unknown field", { role: "owner" }, "validation"],
  ])("with %s is 422", async (_, changes, code) => {
    const body = { name: "Ada", email: newEmail(), password, ...changes };
    const answer = await send(signUpRoute, body);
    expect([answer.status, await answer.json()]).toMatchObject([422, { code }]);
  });

  it("never leads to another site", async () => {
    for (const next of ["//evil.com", "/.//evil.com/x", "https://evil.com"]) {
      const answer = await send(signUpRoute, {
        name: "Ada",
        email: newEmail(),
        password,
        next,
      });
      expect(await answer.json()).toEqual({ location: "/t" });
    }
  });
});

describe("signing in", () => {
  it("with a wrong password says no more than that email or password is wrong", async () => {
    const email = newEmail();
    await send(signUpRoute, { name: "Ada", email, password });
    const wrong = await send(signInRoute, {
      email,
      password: "something else",
    });
    const unknown = await send(signInRoute, { email: newEmail(), password });
    for (const answer of [wrong, unknown]) {
      expect([answer.status, await answer.json()]).toMatchObject([
        401,
        { code: "invalid_credentials" },
      ]);
    }
    expect((await send(signInRoute, { email, password })).status).toBe(200);
  });
});
