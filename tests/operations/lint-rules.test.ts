import { execFileSync, spawnSync } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let tree: string;

// What must be refused, where, and a word of the message that says what to do instead.
const refused: [rule: string, file: string, code: string, says: string][] = [
  [
    "app reads settings through lib",
    "app/a.ts",
    "export const a = process.env.HOME;",
    "call env()",
  ],
  [
    "app imports little of lib/platform",
    "app/b.ts",
    'import { stripe } from "@/lib/platform/stripe"; stripe();',
    "http, safe-path, money, time, errors, flash",
  ],
  [
    "app does not import dev",
    "app/c.ts",
    'import { root } from "@/dev/child"; root();',
    "with dev/ and tests/ deleted",
  ],
  [
    "app does not import dev by a relative path either",
    "app/x/d.ts",
    'import { root } from "../../dev/child"; root();',
    "with dev/ and tests/ deleted",
  ],
  [
    "app does not query",
    "app/e.ts",
    'import { PrismaClient } from "@/prisma/client/client"; new PrismaClient();',
    "getX or listX",
  ],
  [
    "lib does not import dev",
    "lib/billing/a.ts",
    'import { root } from "@/dev/child"; root();',
    "with dev/ and tests/ deleted",
  ],
  [
    "lib does not import app",
    "lib/sync/a.ts",
    'import { page } from "@/app/page"; page();',
    "without app/",
  ],
  [
    "imports point down: platform to catalog",
    "lib/platform/a.ts",
    'import { plans } from "@/lib/catalog/plans"; plans();',
    "point down only",
  ],
  [
    "imports point down: sync to billing",
    "lib/sync/b.ts",
    'import { sale } from "@/lib/billing/sale"; sale();',
    "point down only",
  ],
  [
    "imports point down: entitlements to webhooks",
    "lib/entitlements/a.ts",
    'import { drain } from "@/lib/webhooks/drain"; drain();',
    "point down only",
  ],
  [
    "a relative path cannot hide where an import points",
    "lib/sync/c.ts",
    'import { sale } from "../billing/sale"; sale();',
    "by its full path",
  ],
  [
    "Next stays out of lib",
    "lib/auth/auth.ts",
    'import { cookies } from "next/headers"; void cookies();',
    "lib/auth/session.ts",
  ],
  [
    "only some domains call Stripe",
    "lib/webhooks/process.ts",
    'import { stripe } from "@/lib/platform/stripe"; stripe();',
    "add a function there",
  ],
  [
    "entitlements do not make a Stripe client",
    "lib/entitlements/b.ts",
    'import Stripe from "stripe"; new Stripe("");',
    "Import the type only",
  ],
  [
    "there is one PrismaClient",
    "lib/billing/b.ts",
    'import { PrismaClient } from "@/prisma/client/client"; new PrismaClient();',
    "tenantDb(ctx",
  ],
  [
    "only better-auth gets the unscoped client",
    "lib/billing/c.ts",
    'import { authDb } from "@/lib/platform/db"; authDb();',
    "tenantDb(ctx",
  ],
  [
    "no SQL from strings",
    "lib/sync/d.ts",
    "export const q = (db: { $queryRawUnsafe: (sql: string) => void }) => db.$queryRawUnsafe('x');",
    "never SQL",
  ],
  [
    "no promise is left alone",
    "lib/sync/e.ts",
    "const save = async () => {}; export function f() { save(); }",
    "no-floating-promises",
  ],
  [
    "no promise where none is awaited",
    "lib/sync/f.ts",
    "const save = async () => true; export const f = () => { if (save()) return 1; return 2; };",
    "no-misused-promises",
  ],
  [
    "every case is handled",
    "lib/sync/g.ts",
    "export function f(s: 'a' | 'b') { switch (s) { case 'a': return 1; } return 2; }",
    "switch-exhaustiveness-check",
  ],
  [
    "no any",
    "lib/sync/h.ts",
    "export const f = (x: any) => x;",
    "no-explicit-any",
  ],
  [
    "equal is of one type",
    "lib/sync/i.ts",
    "export const f = (a: string, b: unknown) => a == b;",
    "eqeqeq",
  ],
];

// The same things where they belong.
const accepted: [file: string, code: string][] = [
  ["app/ok.ts", 'import { redirect } from "next/navigation"; redirect("/");'],
  ["app/ok2.ts", 'import { route } from "@/lib/platform/http"; route();'],
  ["lib/platform/env.ts", "export const a = process.env;"],
  [
    "lib/auth/session.ts",
    'import { cookies } from "next/headers"; void cookies();',
  ],
  [
    "lib/billing/ok.ts",
    'import { stripe } from "@/lib/platform/stripe"; stripe();',
  ],
  [
    "lib/webhooks/receive.ts",
    'import { stripe } from "@/lib/platform/stripe"; stripe();',
  ],
  [
    "lib/webhooks/ok.ts",
    'import { sync } from "@/lib/sync/subscription"; sync();',
  ],
  [
    "lib/entitlements/ok.ts",
    'import type Stripe from "stripe"; export type S = Stripe;',
  ],
  ["dev/ok.ts", 'import { env } from "@/lib/platform/env"; env();'],
];

type Complaint = {
  code: string;
  message: string;
  help?: string;
  filename: string;
};

let complaints: Complaint[];

beforeAll(async () => {
  tree = await mkdtemp(join(tmpdir(), "turnpike-lint-"));
  for (const file of [".oxlintrc.json", "tsconfig.json"]) {
    await cp(file, join(tree, file));
  }
  await symlink(resolve("node_modules"), join(tree, "node_modules"));
  const files = [...refused.map(([, file, code]) => [file, code]), ...accepted];
  for (const [file = "", code = ""] of files) {
    await mkdir(dirname(join(tree, file)), { recursive: true });
    await writeFile(join(tree, file), `${code}\n`);
  }
  const oxlint = resolve("node_modules/oxlint/bin/oxlint");
  const run = spawnSync(
    process.execPath,
    [oxlint, "--format=json", "app", "lib", "dev"],
    { cwd: tree, encoding: "utf8", timeout: 60_000 },
  );
  const report = JSON.parse(run.stdout) as { diagnostics: Complaint[] };
  complaints = report.diagnostics;
});

afterAll(() => rm(tree, { recursive: true }));

const complaintsAbout = (file: string) =>
  complaints
    .filter(({ filename }) => filename === file)
    .map(({ code, message, help }) => `${code} ${message} ${help}`);

test.each(refused)("%s", (_rule, file, _code, says) => {
  expect(complaintsAbout(file).join("\n")).toContain(says);
});

test.each(accepted)("%s may do what belongs there", (file) => {
  expect(
    complaintsAbout(file).filter((text) => text.includes("no-restricted")),
  ).toEqual([]);
});

test("no file is called utils, helpers, misc, common or types, and none is a barrel", () => {
  const files = execFileSync(
    "git",
    ["ls-files", "app", "lib", "dev", "prisma", "tests"],
    {
      encoding: "utf8",
    },
  ).split("\n");
  const vague =
    /(^|\/)(utils?|helpers?|misc|common|types|index)\.[cm]?[jt]sx?$/;
  expect(files.filter((file) => vague.test(file))).toEqual([]);
});
