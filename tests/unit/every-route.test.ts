import { expect, it } from "vitest";
import { permissions } from "@/lib/auth/permissions";
import { everyRoute } from "../support/every-route";

it("every route says who may call it, by what enforces it", async () => {
  const routes = await everyRoute();
  expect(routes.length).toBeGreaterThan(50);
  const silent = routes.filter(({ description }) => !description);
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
});

it("no GET does more than read, but for a cron's and the way back from a mail, a provider and the portal", async () => {
  const acting = (await everyRoute()).filter(
    ({ method, description }) =>
      method === "GET" &&
      description?.takes !== "query" &&
      description?.policy.caller !== "cron",
  );
  expect(acting.map(({ path }) => path)).toEqual([
    "/api/auth/{all}",
    "/api/health", // reads
    "/api/openapi.json", // reads
    "/api/portal/return",
    "/start", // reads
  ]);
});

it("every permission that a route asks for is one that a role can have", async () => {
  const asked = (await everyRoute()).flatMap(({ description }) =>
    description?.policy.caller === "member"
      ? [description.policy.permission]
      : [],
  );
  expect(asked.length).toBeGreaterThan(20);
  expect(permissions).toEqual(expect.arrayContaining([...new Set(asked)]));
});
