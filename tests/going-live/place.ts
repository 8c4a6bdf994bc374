import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { choosePort } from "../../dev/ports";
import { startMailSink } from "../../dev/mail";
import { startPostgres } from "../../dev/postgres";
import { startEmulator } from "../../dev/stripe/server";
import { cleanEnvironment } from "../support/clean-environment.mjs";
import { freshClone } from "./fresh-clone";
import { run, start, type Started } from "./processes";

export type Place = Awaited<ReturnType<typeof makePlace>>;

/** A fresh clone without any setting, and what a host has besides: a Postgres, a mail server, Stripe. */
export async function makePlace() {
  const folder = await mkdtemp(join(tmpdir(), "turnpike-live-"));
  await chmod(folder, 0o711); // as root, Postgres runs as another user
  const opened: { close(): unknown }[] = [
    { close: () => rm(folder, { recursive: true, force: true }) },
  ];
  const keep = <T extends { close(): unknown }>(part: T): T => {
    opened.push(part);
    return part;
  };
  const close = async () => {
    for (const part of opened.toReversed()) await part.close();
  };
  try {
    const clone = freshClone(folder);
    const port = await choosePort(0);
    const env: NodeJS.ProcessEnv = {
      ...cleanEnvironment(".", folder),
      NODE_ENV: "production",
      NEXT_OUTPUT: "standalone", // as the Dockerfile builds; `next start` serves the same build
      PORT: String(port),
    };
    const postgres = keep(
      await startPostgres({ dataDir: folder, fsync: false }),
    );
    const stripeData = join(folder, "stripe");
    const stripe = keep(
      await startEmulator({ port: await choosePort(0), dataDir: stripeData }),
    );
    const mail = keep(await startMailSink({ dataDir: folder }));
    const appUrl = `http://localhost:${port}`;
    const ran: string[] = [];

    return {
      folder,
      clone,
      env,
      appUrl,
      postgres,
      stripe,
      mail,
      /** Every command until now, as it was given. */
      ran,
      /** Runs one to its end. Returns what it said. */
      async run(command: string, cwd = clone): Promise<string> {
        ran.push(command);
        return run(command.split(" "), { cwd, env });
      },
      /** Starts one that goes on. */
      start(
        command: string,
        { cwd = clone, more = {} }: { cwd?: string; more?: object } = {},
      ): Started {
        ran.push(command);
        const settings = { ...env, ...more, PORT: String(port) };
        return keep(start(command.split(" "), { cwd, env: settings }));
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
