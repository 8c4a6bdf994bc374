import { readFileSync } from "node:fs";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import ApiPage from "@/app/docs/api/page";
import { listErrors } from "@/lib/platform/errors";

const html = renderToStaticMarkup(ApiPage());
const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
const links = [...html.matchAll(/ href="([^"]+)"/g)].map(([, href]) => href);

it("the page of the API shows every operation of the document, each at its own place", () => {
  const document = JSON.parse(readFileSync("docs/openapi.json", "utf8")) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  const operations = Object.values(document.paths).flatMap((methods) =>
    Object.values(methods).map(({ operationId }) => operationId),
  );
  expect(operations.length).toBeGreaterThan(60);
  expect(ids).toEqual(expect.arrayContaining(operations));
  expect(new Set(ids).size).toBe(ids.length);
});

it("its links lead to what is there: places of the page, and errors that are explained", () => {
  const errors = listErrors().map(({ anchor }) => `/docs/errors#${anchor}`);
  const known = ["/api/openapi.json", ...errors, ...ids.map((id) => `#${id}`)];
  expect(links.filter((link) => !known.includes(link ?? ""))).toEqual([]);
});
