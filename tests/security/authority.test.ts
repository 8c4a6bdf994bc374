import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { everyRoute } from "@/tests/support/every-route";
import { startWorld, type World } from "@/tests/support/world";
import { authorityCases } from "./authority-cases";
import { judge } from "./judge";
import { everybody, type Case, type Site, type Somebody } from "./site";

let world: World;
let cases: Case[];

beforeAll(async () => {
  world = await startWorld();
  cases = await authorityCases(await here(world));
});
afterAll(() => world.close());

async function here(world: World): Promise<Site> {
  const cookies: Partial<Record<Somebody, string>> = {};
  const userIds: Partial<Record<Somebody, string>> = {};
  for (const name of everybody) {
    const person =
      name === "staff" ? await world.staff() : await world.confirmed(name);
    cookies[name] = person.cookie;
    userIds[name] = person.userId;
  }
  await world.rows(
    "UPDATE session SET created_at = now() - interval '1 hour' WHERE user_id = $1",
    [userIds.late],
  );
  const { rows } = world;
  return {
    origin: "http://localhost:3000",
    cookies: cookies as Site["cookies"],
    userIds: userIds as Site["userIds"],
    people: rows,
    system: rows,
  };
}

async function send({ route, params = {}, method, path, headers, body }: Case) {
  const request = new Request(`http://localhost:3000${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: body as string }),
  });
  const handler = route?.handler;
  if (!handler) throw new Error(`${path} has no handler`);
  const answer = await handler(request, { params: Promise.resolve(params) });
  return {
    status: answer.status,
    type: answer.headers.get("content-type") ?? "",
    headers: Object.fromEntries(answer.headers),
    text: await answer.text(),
  };
}

describe("who may call what", () => {
  it("is as its policy and the roles say: for every route, everybody, from everywhere", async () => {
    const wrong: string[] = [];
    const tried = async (one: Case) => {
      const fault = judge(one, await send(one));
      if (fault) wrong.push(`${one.name}: ${fault}`);
    };
    // Those that are let through change what they may, so they come after the others and one by one.
    const refused = cases.filter((one) => one.expect !== "let through");
    for (let at = 0; at < refused.length; at += 8)
      await Promise.all(refused.slice(at, at + 8).map(tried));
    for (const one of cases) if (!refused.includes(one)) await tried(one);
    expect(wrong).toEqual([]);
    expect(cases.length).toBeGreaterThan(1000);
  }, 300_000);

  it("leaves a trace of each member whose role, and each key whose scopes were not enough", async () => {
    const denied = cases.filter(
      ({ expect: wanted }) =>
        wanted !== "let through" &&
        ["forbidden", "api_key_scope"].includes(wanted.code ?? ""),
    );
    const [row] = await world.rows(
      "SELECT count(*)::int FROM audit_entry WHERE action = 'access.denied' AND tenant_id LIKE 'authority-%' AND details IS NULL",
    );
    expect(row).toEqual({ count: denied.length });
  });

  it("takes strictly what each route says it takes, and nothing besides", async () => {
    for (const { method, path, description } of await everyRoute()) {
      const refused = description?.input?.safeParse({ nobodyKnowsThis: 1 });
      if (!refused) continue;
      const codes = refused.error?.issues.map(({ code }) => code);
      expect([method, path, codes]).toEqual([
        method,
        path,
        expect.arrayContaining(["unrecognized_keys"]),
      ]);
    }
  });
});
