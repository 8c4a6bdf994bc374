import { expect, it } from "vitest";
import { permissions } from "@/lib/auth/permissions";
import { everyRoute } from "../support/every-route";

it("every route says who may call it, by what enforces it", async () => {
  const routes = await everyRoute();
  expect(routes.length).toBeGreaterThan(50);
  const silent = routes.filter(({ description }) => !description);
  expect(silent.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
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
