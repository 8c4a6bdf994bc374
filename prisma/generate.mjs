// Generates the Prisma client into prisma/client/, unless it is already that of this schema.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = fileURLToPath(new URL("client/.schema-hash", import.meta.url));

const hash = createHash("sha256")
  .update(readFileSync(`${root}/prisma/schema.prisma`))
  .update(readFileSync(`${root}/node_modules/prisma/package.json`))
  .digest("hex");

if (existsSync(stamp) && readFileSync(stamp, "utf8") === hash) process.exit(0);

// The CLI downloads its schema engine before every command, though `generate` never runs it:
// any executable in its place keeps this step offline.
const { status, stdout, stderr } = spawnSync(
  process.execPath,
  [`${root}/node_modules/prisma/build/index.js`, "generate", "--no-hints"],
  {
    cwd: root,
    encoding: "utf8",
    env: {
      ...process.env,
      PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      CHECKPOINT_DISABLE: "1",
    },
  },
);

if (status !== 0) {
  process.stderr.write(`${stdout}${stderr}\nprisma generate failed\n`);
  process.exit(1);
}
writeFileSync(stamp, hash);
