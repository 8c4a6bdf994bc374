// Finds a browser for the end-to-end tests: Playwright's own, else the machine's.
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

// Without a window to draw, a run takes a quarter less: the same that Playwright itself downloads for tests.
const MACHINES = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:/Program Files/Google/Chrome/Application/chrome.exe",
];

/** @returns {{ executablePath?: string } | null} what Playwright's launch needs; null when there is none */
export function findChromium() {
  if (existsSync(chromium.executablePath())) return {};
  const executablePath = MACHINES.find((path) => existsSync(path));
  return executablePath ? { executablePath } : null;
}
