// `npm run dev`. Node built-ins only: this runs before anything is installed.
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { checkNode, install } from "./install.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
process.chdir(root);

checkNode();
install(root);
step(["prisma/generate.mjs"]);

// Ctrl-C in a terminal reaches the child twice, once from here; it stops once. Were this process
// killed, the closed channel tells the child to stop as well.
const child = spawn(process.execPath, ["--import", "tsx", "dev/up.ts"], {
  stdio: ["inherit", "inherit", "inherit", "ipc"],
});
let ending = false;
const end = () => {
  ending = true;
  child.kill("SIGTERM");
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
child.on("exit", (code) => process.exit(code ?? (ending ? 0 : 1)));

// npm passes a signal to its shell, which dies of it without passing it on.
const parent = process.ppid;
if (process.env.npm_lifecycle_event) {
  setInterval(() => {
    if (process.ppid !== parent && !ending) end();
  }, 200);
}

/** @param {string[]} args */
function step(args) {
  const { status } = spawnSync(process.execPath, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
