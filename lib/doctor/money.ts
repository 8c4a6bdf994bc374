import { systemDb, systemSql, Prisma } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { after, hours } from "@/lib/platform/time";
import { watchedUntil } from "@/lib/webhooks/watch-money";
import { good, wrong, type Check, type Finding } from "./check";

/** Every workspace has its turn once a day; an hour more is no reason to worry. */
const longest = hours(25);

/** Adds nothing up itself: reads what the daily watch found, and whether there was one. */
export const money: Check = {
  name: "Money",
  part: "customer data",
  needs: ["Migrations"],
  async look() {
    const leaks = await systemDb("where money does not add up", async (tx) => ({
      count: await tx.moneyLeak.count(),
      first: await tx.moneyLeak.findFirst({ orderBy: { objectId: "asc" } }),
    }));
    const until = await watchedUntil();
    if (leaks.first) {
      const { what, objectId } = leaks.first;
      return wrong(
        `Money does not add up: ${what.replaceAll("_", " ")} (${objectId})${leaks.count > 1 ? `, and ${leaks.count - 1} more` : ""}.`,
        "npm run stripe -- money",
        "npm run stripe -- backfill",
      );
    }
    const then = after(new Date(), -longest);
    if (until && until > then)
      return good(
        `Payments, refunds and what was asked for add up, last looked at up to ${until.toISOString()}.`,
      );
    return until ? stale(until) : neverLooked(then);
  },
};

/** What was installed today has its first look before it. */
async function neverLooked(then: Date): Promise<Finding> {
  const [row] = await systemSql<{ installed: Date | null }>(
    "when this was installed",
    Prisma.sql`SELECT min(finished_at) AS installed FROM _prisma_migrations`,
  );
  return row?.installed && row.installed > then
    ? good("Nobody has looked yet: the first run of /api/cron/heal does.")
    : stale(null);
}

function stale(until: Date | null): Finding {
  const since = until
    ? `has not been looked at since ${until.toISOString()}`
    : "has never been looked at";
  return wrong(
    `Whether money adds up ${since}: /api/cron/heal does, each day.`,
    `curl -X POST -H "Authorization: Bearer $CRON_SECRET" ${env().appUrl}/api/cron/heal`,
    "npm run stripe -- money  # all of it, now",
  );
}
