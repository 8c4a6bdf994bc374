// Imported first by commands: what is not set comes from .env, and then from a stack that `npm run dev` has running
// here, so that a command means the same deployment. Somebody's own Stripe key takes nothing of its.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

const read = (file: string) =>
  existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {};

function supply(settings: NodeJS.Dict<string>): void {
  for (const [name, value] of Object.entries(settings))
    if (value?.trim()) process.env[name] ??= value;
}

supply(read(".env"));
const folder = process.env.TURNPIKE_DATA?.trim() || ".turnpike";
const ownStripe = Boolean(process.env.STRIPE_SECRET_KEY?.trim());
const running = Object.entries(read(join(folder, "settings.env"))).filter(
  ([name]) => !(ownStripe && name.startsWith("STRIPE_")),
);
supply(Object.fromEntries(running));
