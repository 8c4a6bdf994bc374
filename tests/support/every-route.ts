import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteDescription } from "@/lib/platform/route-description";

const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

type RouteHandler = (
  request: Request,
  path: { params: Promise<Record<string, string>> },
) => Promise<Response>;

export type Route = {
  /** From the root of the repository. */
  file: string;
  /** As OpenAPI writes it: /api/customers/{customerId}. */
  path: string;
  method: string;
  handler: RouteHandler;
  /** Undefined where somebody exported a plain function: no route may. */
  description: RouteDescription | undefined;
};

/** Every method of every route file that is there, found by looking, with what it says of itself. */
export async function everyRoute(): Promise<Route[]> {
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .map((file) => join("app", file))
    .filter((file) => file.endsWith("/route.ts"))
    .toSorted();
  const routes = await Promise.all(files.map(routesOf));
  return routes.flat();
}

async function routesOf(file: string): Promise<Route[]> {
  const exported = (await import(pathToFileURL(resolve(file)).href)) as Record<
    string,
    (RouteHandler & { description?: RouteDescription }) | undefined
  >;
  return methods.flatMap((method) => {
    const handler = exported[method];
    if (!handler) return [];
    const { description } = handler;
    return [{ file, path: pathOf(file), method, handler, description }];
  });
}

/** "app/(site)/api/a/[id]/route.ts" is served at "/api/a/{id}". */
function pathOf(file: string): string {
  return file
    .replace(/^app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\/\([^)]*\)/g, "")
    .replaceAll(/\[(?:\.\.\.)?([^\]]+)\]/g, "{$1}");
}
