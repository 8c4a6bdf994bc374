import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../dev/child";
import { cleanEnvironment } from "../support/clean-environment.mjs";
import startTestStack, { testStack, type TestStack } from "../support/stack";

/** The app of the last `npm run build`, on empty data and without any setting of the developer's. */
export async function withApp(
  act: (stack: TestStack) => Promise<void>,
): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "turnpike-bench-"));
  await chmod(scratch, 0o711); // as root, Postgres runs as another user
  replaceEnvironment(cleanEnvironment(root, scratch));
  try {
    const close = await startTestStack();
    try {
      await act(testStack());
    } finally {
      await close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
