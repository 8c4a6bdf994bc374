import "@/lib/platform/settings-files";
import { parseArgs } from "node:util";
import { AppError } from "@/lib/platform/errors";
import { erasePerson } from "@/lib/privacy/erase-person";
import { eraseWorkspace } from "@/lib/privacy/erase-workspace";
import { exportPerson } from "@/lib/privacy/export-person";
import { exportWorkspace } from "@/lib/privacy/export-workspace";
import { findWorkspace } from "@/lib/privacy/find-workspace";

const usage = `npm run tenant -- export <address>   everything that is kept of a workspace, as JSON
npm run tenant -- erase <address> --yes   ends it at once, also at Stripe, and takes out of it whatever tells of a
                                          person. Amounts, moments and ids stay for the books
npm run person -- export <email>   everything that is kept of a person, as JSON
npm run person -- erase <email> --yes   takes the account away, and the person out of every workspace

An erasure that was cut off is called again, and goes on. Stripe tells of the erasure itself, in events that hold what
was erased: for four days the cron takes those out too.`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { yes: { type: "boolean" } },
});
const [subject, command, of = ""] = positionals;
const by = { actor: { kind: "job", id: "cli" }, cause: "cli" } as const;

const commands = new Map<string, () => Promise<unknown>>([
  ["tenant export", async () => exportWorkspace(await findWorkspace(of))],
  ["person export", () => exportPerson(of)],
]);
if (values.yes) {
  commands.set("tenant erase", async () =>
    eraseWorkspace({ ...by, ...(await findWorkspace(of)) }),
  );
  commands.set("person erase", () => erasePerson(of, by));
}

const run = of && commands.get(`${subject} ${command}`);
if (!run) {
  console.error(usage);
  process.exit(2);
}
try {
  const result = await run();
  const told =
    result === undefined ? "Erased." : JSON.stringify(result, null, 2);
  // A pipe takes a long export in parts: to leave before the last would cut it short.
  process.stdout.write(`${told}\n`, () => process.exit());
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exit(1);
}
