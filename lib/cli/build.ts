// `npm run build`: builds twice. The second pass knows what the first one found: which inline scripts the pages have
// that are rendered now, so that a browser runs these and no others (docs/decisions/0012).
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";

const output = ".next";
const prerendered = z.object({
  routes: z.record(
    z.string(),
    z.object({
      initialRevalidateSeconds: z.union([z.number(), z.literal(false)]),
      dataRoute: z.string().nullable(),
    }),
  ),
  dynamicRoutes: z.record(
    z.string(),
    z.object({ fallback: z.union([z.string(), z.literal(false), z.null()]) }),
  ),
});
const note = join(output, "cache", "first-build.json"); // the one folder that a build leaves alone

process.chdir(process.argv[2] ?? "."); // the folder of the app
build({});
const first = readBuild();
mkdirSync(join(output, "cache"), { recursive: true });
writeFileSync(note, JSON.stringify(first));
build({ FIRST_BUILD: note });
if (!isDeepStrictEqual(readBuild(), first))
  throw new Error(
    "The two passes differ, so a browser would refuse the scripts of public pages: does a static page depend on time or chance?",
  );

function build(added: Record<string, string>): void {
  const next = createRequire(import.meta.url).resolve("next/dist/bin/next");
  const { status } = spawnSync(process.execPath, [next, "build"], {
    // oxlint-disable-next-line no-restricted-properties -- handed on, not read
    env: { ...process.env, FIRST_BUILD: "", ...added },
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The build's name and, by path, the hashes of the inline scripts of its static pages. */
function readBuild() {
  const scripts: Record<string, string[]> = {};
  for (const path of staticPages()) {
    const file = path === "/" ? "index" : path.slice(1);
    const html = readFileSync(
      join(output, "server", "app", `${file}.html`),
      "utf8",
    );
    scripts[path] = [...html.matchAll(/<script[^>]*>([^]*?)<\/script>/g)]
      .map(([, text = ""]) => text)
      .filter(Boolean)
      .map((text) => `'sha256-${sha256(text)}'`);
  }
  const buildId = readFileSync(join(output, "BUILD_ID"), "utf8");
  return { buildId, scripts };
}

/** Throws for a page that is rendered anew while the app runs: its scripts cannot be known now. */
function staticPages(): string[] {
  const file = join(output, "prerender-manifest.json");
  const manifest = prerendered.parse(JSON.parse(readFileSync(file, "utf8")));
  const { routes, dynamicRoutes } = manifest;
  const changing = [
    ...Object.keys(routes).filter(
      (path) => routes[path]?.initialRevalidateSeconds !== false,
    ),
    ...Object.keys(dynamicRoutes).filter(
      (path) => dynamicRoutes[path]?.fallback !== false,
    ),
  ];
  if (changing.length > 0)
    throw new Error(
      `Static pages must be known when the app is built (no revalidate, dynamicParams = false): ${changing.join(", ")}`,
    );
  return Object.keys(routes).filter((path) => routes[path]?.dataRoute);
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("base64");
}
