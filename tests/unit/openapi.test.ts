import { readdirSync, readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "../api/document";
import { typesOf } from "../api/client-types";
import { everyRoute } from "../support/every-route";

type Operation = { operationId: string; summary: string };
type Document = { paths: Record<string, Record<string, Operation>> };

const served = JSON.parse(
  readFileSync("docs/openapi.json", "utf8"),
) as Document;

const operations = Object.entries(served.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    name: `${method.toUpperCase()} ${path}`,
    ...operation,
  })),
);

describe("the document of the API", () => {
  it("is what the routes say of themselves; `npm run api:generate` writes it anew", async () => {
    expect(served).toEqual(JSON.parse(JSON.stringify(await openApiDocument())));
  });

  it("gives the example client its types", async () => {
    const types = typesOf(await openApiDocument());
    expect(readFileSync("docs/client/api-types.ts", "utf8")).toBe(
      await format(types, { parser: "typescript" }),
    );
  });

  it("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(structuredClone(served));
    expect({ valid, errors }).toMatchObject({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  it("names every route file that is there, and none that is not", () => {
    const files = readdirSync("app", { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith("route.ts"))
      .map((file) => `/${file.slice(0, -"/route.ts".length)}`)
      .map((path) => path.replaceAll(/\[(?:\.{3})?(\w+)\]/g, "{$1}"));
    expect(Object.keys(served.paths).toSorted()).toEqual(files.toSorted());
  });

  it("says of every route that moves money what it refuses", async () => {
    const silent = (await everyRoute())
      .filter(({ description }) => {
        const { policy, takes, refusals } = description ?? {};
        const bills =
          policy?.caller === "member" && policy.permission === "billing.write";
        return bills && takes === "body" && !refusals;
      })
      .map(({ path }) => path);
    expect(silent).toEqual([]);
  });

  it("gives every operation a name of its own and a sentence", () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(60);
    for (const { name, summary } of operations)
      expect([name, summary]).toEqual([name, expect.stringMatching(/\w\.$/)]);
  });
});
