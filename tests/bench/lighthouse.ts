// `npm run lighthouse`: what Lighthouse says of the built app, the median of three runs each, as it comes:
// a mid-range phone on a slow network. Fails below the bounds. Its program is fetched when this is run.
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { findChromium } from "../support/chromium.mjs";
import { buyPro, joinAlone } from "./customer";
import { withApp } from "./with-app";

const LIGHTHOUSE = "lighthouse@12.8.2";
const RUNS = 3;

const categories = [
  "performance",
  "accessibility",
  "best-practices",
  "seo",
] as const;
type Scores = Record<(typeof categories)[number], number>;

const everything = { accessibility: 100, "best-practices": 100, seo: 100 };
const bounds: { name: string; path: string; least: Partial<Scores> }[] = [
  { name: "landing", path: "/", least: { performance: 97, ...everything } },
  {
    name: "pricing",
    path: "/pricing",
    least: { performance: 97, ...everything },
  },
  {
    name: "sign-up",
    path: "/sign-up",
    least: { performance: 95, accessibility: 95, "best-practices": 95 },
  },
];

const report = z.object({
  categories: z.record(z.string(), z.object({ score: z.number().nullable() })),
});

let failed = false;
await withApp(async ({ appUrl }) => {
  const folder = await mkdtemp(join(tmpdir(), "turnpike-lighthouse-"));
  try {
    const { path, cookie } = await signedIn(appUrl);
    const headers = join(folder, "headers.json");
    await writeFile(headers, JSON.stringify({ Cookie: cookie }));
    print(["page", ...categories]);
    for (const { name, path, least } of bounds) {
      const url = `${appUrl}${path}`;
      judge(name, await median(url, folder, []), least);
    }
    const least = { performance: 85, accessibility: 100, "best-practices": 95 };
    const url = `${appUrl}${path}/billing`;
    const scores = await median(url, folder, [`--extra-headers=${headers}`]);
    judge("billing", scores, least);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
process.exitCode = failed ? 1 : 0;

/** Somebody on Pro: the address of their workspace, and what proves who they are. */
async function signedIn(appUrl: string) {
  const browser = await chromium.launch({
    ...findChromium(),
    args: ["--no-sandbox"],
  });
  try {
    const context = await browser.newContext({ baseURL: appUrl });
    const page = await context.newPage();
    const path = await joinAlone(page);
    await buyPro(page, path);
    const cookies = await context.cookies(appUrl);
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`);
    return { path, cookie: cookie.join("; ") };
  } finally {
    await browser.close();
  }
}

async function median(url: string, folder: string, more: string[]) {
  const runs: Scores[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await once(url, folder, more));
  return each((category) => {
    const sorted = runs.map((run) => run[category]).sort((a, b) => a - b);
    return sorted[Math.floor(RUNS / 2)] ?? 0;
  });
}

async function once(url: string, folder: string, more: string[]) {
  const file = join(folder, "report.json");
  const { executablePath = chromium.executablePath() } = findChromium() ?? {};
  const args = [
    "--yes",
    LIGHTHOUSE,
    url,
    "--quiet",
    "--output=json",
    `--output-path=${file}`,
    `--only-categories=${categories.join(",")}`,
    "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
  ];
  await promisify(execFile)("npx", [...args, ...more], {
    env: { ...process.env, CHROME_PATH: executablePath },
  });
  const { categories: found } = report.parse(
    JSON.parse(await readFile(file, "utf8")),
  );
  return each((name) => Math.round((found[name]?.score ?? 0) * 100));
}

function judge(name: string, scores: Scores, least: Partial<Scores>) {
  const cells = categories.map((category) => {
    const bound = least[category];
    const isBelow = bound !== undefined && scores[category] < bound;
    failed ||= isBelow;
    return `${scores[category]}${isBelow ? ` < ${bound}` : ""}`;
  });
  print([name, ...cells]);
}

function print(cells: string[]) {
  console.log(cells.map((cell) => cell.padEnd(16)).join(""));
}

function each(of: (category: keyof Scores) => number): Scores {
  return {
    performance: of("performance"),
    accessibility: of("accessibility"),
    "best-practices": of("best-practices"),
    seo: of("seo"),
  };
}
