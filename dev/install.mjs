// What both `npm run dev` and `npm test` need first. Node built-ins only.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

const OLDEST_NODE = [20, 19];

export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needsMajor = 0, needsMinor = 0] = OLDEST_NODE;
  if (major > needsMajor || (major === needsMajor && minor >= needsMinor)) {
    return;
  }
  console.error(
    `Turnpike needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}. ` +
      "Install the current LTS from https://nodejs.org and try again.",
  );
  process.exit(1);
}

/**
 * `npm ci`, unless node_modules is already that of package-lock.json.
 * @param {string} root
 */
export function install(root) {
  const lock = join(root, "package-lock.json");
  // npm writes this file last, so an install that was interrupted does not count.
  const installed = join(root, "node_modules/.package-lock.json");
  const isCurrent =
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
  if (isCurrent) return;

  console.log("Installing packages (once, about half a minute) …");
  const { status } = spawnSync(
    "npm",
    ["ci", "--no-audit", "--no-fund", "--loglevel=error"],
    {
      cwd: root,
      stdio: "inherit",
      shell: process.platform === "win32",
      env: { ...process.env, NODE_ENV: "development" },
    },
  );
  if (status !== 0) {
    console.error("npm ci failed; see above.");
    process.exit(status ?? 1);
  }
}
