import type pg from "pg";

/** What refusals may leave behind: how often somebody asked, and that they were refused. */
const traces: Readonly<Record<string, string>> = {
  rate_limit: "false",
  // What somebody asked for in their own workspace, under which key, and that it was refused.
  request_key: "false",
  subscription_command: "refused IS NULL AND closed_at IS NULL",
  // better-auth deletes an expired one when it is used.
  api_key: "expires_at > now()",
  audit_entry: "action NOT IN ('access.denied', 'person.sign_in_failed')",
};

/** How many rows each table has, and how often Stripe was asked for what. */
export async function rowsAndRequests(
  { people, system }: { people: pg.Client; system: pg.Client },
  emulatorUrl: string,
): Promise<Record<string, number>> {
  const found: Record<string, number> = {};
  const { rows } = await people.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
       AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  for (const { name } of rows) {
    const count = `SELECT count(*)::int AS count FROM "${name}" WHERE ${traces[name] ?? "true"}`;
    for (const client of [people, system]) {
      const { rows: counted } = await client
        .query<{ count: number }>(count)
        .catch((error: unknown) => {
          if (!/permission denied/.test(String(error))) throw error;
          return { rows: [] };
        });
      // Each sees the tables of its own role alone, and nothing where a policy hides the rest.
      found[name] = Math.max(found[name] ?? 0, counted[0]?.count ?? 0);
    }
  }
  const answer = await fetch(`${emulatorUrl}/_emulator/state`);
  const { requests } = (await answer.json()) as {
    requests: Record<string, { received: number }>;
  };
  for (const [name, { received }] of Object.entries(requests))
    found[`Stripe: ${name}`] = received;
  return found;
}

/** What differs, in words. */
export function differences(
  before: Record<string, number>,
  after: Record<string, number>,
): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].flatMap((name) =>
    before[name] === after[name]
      ? []
      : [`${name}: ${before[name] ?? 0} before, ${after[name] ?? 0} after`],
  );
}
