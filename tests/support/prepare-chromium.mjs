// Makes sure that the browser tests have a browser. Imported before anything is installed.
import { existsSync } from "node:fs";
import { run } from "./processes.mjs";

const DOWNLOAD_MS = 150_000;

/**
 * Found, else downloaded by Playwright, else (as root, with apt) installed from the distribution.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ ok: boolean, output: string }>} not ok, and why, when there is none to be had
 */
export async function prepareChromium(env) {
  const { findChromium } = await import("./chromium.mjs");
  if (findChromium()) return { ok: true, output: "" };

  const isRoot = process.getuid?.() === 0;
  const hasApt = existsSync("/usr/bin/apt-get");
  console.log("  no Chromium here: downloading one");
  const cli = "node_modules/@playwright/test/cli.js";
  const withDeps = isRoot && hasApt ? ["--with-deps"] : [];
  const args = [cli, "install", ...withDeps, "chromium"];
  let output = (await run(process.execPath, args, env, DOWNLOAD_MS)).output;
  if (findChromium()) return { ok: true, output };

  if (isRoot && hasApt) {
    console.log("  installing the distribution's Chromium");
    const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
    output += (await run("apt-get", ["update", "-q"], quiet)).output;
    // An older distribution has only the browser with a window.
    for (const name of ["chromium-headless-shell", "chromium"]) {
      const install = ["install", "-y", "-q", "--no-install-recommends", name];
      output += (await run("apt-get", install, quiet)).output;
      if (findChromium()) return { ok: true, output };
    }
  }
  return {
    ok: false,
    output: `${output}\nThe browser tests need Chromium and none could be installed. Install Chromium or Chrome, or run: npx playwright install chromium`,
  };
}
