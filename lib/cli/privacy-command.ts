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

const by = { actor: { kind: "job", id: "cli" }, cause: "cli" } as const;

/** `npm run tenant -- …` and `npm run person -- …`: what is told in the end, and the code to end with. */
export async function privacyCommand(
  args: readonly string[],
): Promise<{ code: 0 | 1 | 2; told: string }> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { yes: { type: "boolean" } },
  });
  const [subject, command, of = ""] = positionals;
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
  if (!run) return { code: 2, told: usage };
  try {
    const result = await run();
    const told =
      result === undefined ? "Erased." : JSON.stringify(result, null, 2);
    return { code: 0, told };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: 1, told: `${error.code}: ${error.message}` };
  }
}
