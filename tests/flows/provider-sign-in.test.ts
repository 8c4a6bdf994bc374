import { afterAll, beforeAll, expect, it } from "vitest";
import { GET as authRoute } from "@/app/api/auth/[...all]/route";
import { POST as providerRoute } from "@/app/api/sign-in/provider/route";
import { listProviders } from "@/lib/auth/provider-sign-in";
import { pageHeaders } from "@/lib/platform/page-headers";
import { startWorld, type World } from "@/tests/support/world";

Object.assign(process.env, {
  GOOGLE_CLIENT_ID: "id-of-ours.apps.googleusercontent.com",
  GOOGLE_CLIENT_SECRET: "secret-of-ours",
});

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.close());

async function begin(body: object) {
  const answer = await world.post(providerRoute, null, body);
  const { location = "" } = (await answer.json()) as { location?: string };
  return { answer, url: URL.parse(location) };
}

it("only what is set up is offered", async () => {
  expect(listProviders()).toEqual([{ id: "google", name: "Google" }]);
  expect((await begin({ provider: "github" })).answer.status).toBe(404);
  expect((await begin({ provider: "evil" })).answer.status).toBe(422);
});

it("the browser goes to the provider, and is to come back to this very site with the cookie it got", async () => {
  const { answer, url } = await begin({ provider: "google" });
  expect(url?.origin).toBe("https://accounts.google.com");
  expect(Object.fromEntries(url?.searchParams ?? [])).toMatchObject({
    client_id: "id-of-ours.apps.googleusercontent.com",
    redirect_uri: "http://localhost:3000/api/auth/callback/google",
    response_type: "code",
    code_challenge_method: "S256",
  });
  expect(url?.href).not.toContain("secret-of-ours");
  expect(answer.headers.getSetCookie().join()).toMatch(/state=.*HttpOnly/i);
});

it.each(["//evil.com", "https://evil.com", "/\\evil.com"])(
  "having signed in never leads to %s",
  async (next) => {
    await begin({ provider: "google", next });
    const [kept] = await world.rows<{ value: string }>(
      "SELECT value FROM verification ORDER BY created_at DESC LIMIT 1",
    );
    expect(kept?.value).toContain('"callbackURL":"http://localhost:3000/t"');
    expect(kept?.value).not.toContain("evil");
  },
);

it("a way back that nobody began signs nobody in, and says that it did not work", async () => {
  const answer = await authRoute(
    new Request(
      "http://localhost:3000/api/auth/callback/google?code=stolen&state=made-up",
    ),
  );
  const location = answer.headers.get("location") ?? "";
  expect(new URL(location).origin).toBe("http://localhost:3000");
  expect(answer.headers.getSetCookie().join()).not.toContain("session_token=");
});

it("forms may lead to the provider from the two pages that have its button, and from no other", () => {
  const formsOf = (path: string) =>
    /form-action ([^;]+)/.exec(
      pageHeaders(path, "abc")["Content-Security-Policy"] ?? "",
    )?.[1];
  expect(formsOf("/sign-in")).toContain("https://accounts.google.com");
  expect(formsOf("/sign-up")).toContain("https://accounts.google.com");
  expect(formsOf("/sign-in")).not.toContain("github");
  expect(formsOf("/t/acme/billing")).not.toContain("accounts.google.com");
});
