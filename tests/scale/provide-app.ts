import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../dev/child";
import { buildAlone } from "../support/build-alone.mjs";
import { cleanEnvironment } from "../support/clean-environment.mjs";

/** The built app in this folder, or else one built from this code into a folder that `close` takes away. */
export async function provideApp(built: string | undefined) {
  if (built) return { folder: built, close: async () => {} };
  const scratch = await mkdtemp(join(tmpdir(), "turnpike-scale-app-"));
  const close = () => rm(scratch, { recursive: true, force: true });
  const folder = join(scratch, "app");
  const made = await buildAlone(folder, cleanEnvironment(root, scratch));
  if (made.ok) return { folder, close };
  await close();
  throw new Error(made.output);
}
