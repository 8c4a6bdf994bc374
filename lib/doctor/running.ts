import { Prisma, systemDb, systemSql } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { checkMailServer } from "@/lib/platform/mail";
import { after, days, hours, minutes } from "@/lib/platform/time";
import { countDead, listDead } from "@/lib/webhooks/dead";
import { good, wrong, type Check } from "./check";
import { money } from "./money";

/** Alarms that say a customer's rows are not what they should be. */
const aboutCustomers = [
  "charge_not_as_shown",
  "closed_but_billed",
  "drift",
  "orphan",
  "two_live_subscriptions",
];

const customerData: Check = {
  name: "Customer data",
  part: "customer data",
  needs: ["Migrations"],
  async look() {
    const since = after(new Date(), -days(1));
    const alarms = await systemDb("alarms about customers", (tx) =>
      tx.alarm.findMany({
        where: { code: { in: aboutCustomers }, raisedAt: { gt: since } },
      }),
    );
    if (alarms.length === 0)
      return good("Nothing was found to differ from Stripe in 24 hours.");
    return wrong(
      `Raised in the last 24 hours: ${alarms.map(({ code, subject }) => `${code} (${subject})`).join(", ")}.`,
      "npm run stripe -- drift",
      "npm run stripe -- backfill",
    );
  },
};

const mail: Check = {
  name: "Mail",
  part: "running",
  needs: ["Settings"],
  async look() {
    const { SMTP_URL, MAIL_FROM, appUrl } = env();
    if (!SMTP_URL)
      return wrong(
        "SMTP_URL is not set: nobody can confirm an address or gets a receipt.",
        'SMTP_URL="smtps://user:password@host:465"',
      );
    if (appUrl.startsWith("https:") && MAIL_FROM.includes("@localhost"))
      return wrong(
        "MAIL_FROM is not set: mails come from localhost.",
        `MAIL_FROM="Billing <billing@${new URL(appUrl).hostname}>"`,
      );
    try {
      await checkMailServer();
      return good("The mail server takes the login.");
    } catch (error) {
      const why = error instanceof Error ? error.message : "no reason given";
      return wrong(
        `The mail server does not take mails: ${why}.`,
        'SMTP_URL="smtps://user:password@host:465"  # as your provider names it',
      );
    }
  },
};

/** Once a day is the least that is safe; an hour more is no reason to worry. */
const longest = hours(25);

const crons: Check = {
  name: "Crons",
  part: "running",
  needs: ["Migrations"],
  async look() {
    const { CRON_SECRET, appUrl } = env();
    const silent = wrongIfOld(await readRuns());
    if (!silent) return good("Draining and healing run.");
    const fix = CRON_SECRET
      ? [
          `curl -X POST -H "Authorization: Bearer $CRON_SECRET" ${appUrl}/api/cron/${silent.name}`,
          "npm run worker  # where there is no cron",
        ]
      : ['CRON_SECRET="$(openssl rand -hex 24)"'];
    const since = silent.at
      ? `has not run since ${silent.at.toISOString()}`
      : "has never run";
    return wrong(`The cron /api/cron/${silent.name} ${since}.`, ...fix);
  },
};

type Run = { name: string; at: Date | null; installed: Date | null };

function readRuns(): Promise<Run[]> {
  return systemSql<Run>(
    "when the crons ran",
    Prisma.sql`
      SELECT wanted AS name, updated_at AS at, (SELECT min(finished_at) FROM _prisma_migrations) AS installed
      FROM unnest(ARRAY['drain', 'heal']) AS wanted
      LEFT JOIN job_cursor ON name = 'ran.' || wanted`,
  );
}

/** What was installed today has its first run before it. */
function wrongIfOld(runs: readonly Run[]): Run | undefined {
  const then = after(new Date(), -longest);
  return runs.find(({ at, installed }) => (at ?? installed ?? then) <= then);
}

const backlog: Check = {
  name: "Backlog",
  part: "running",
  needs: ["Migrations"],
  async look() {
    const late = after(new Date(), -minutes(15));
    const where = { finishedAt: null, nextTryAt: { lt: late } };
    const { events, effects } = await systemDb("backlog", async (tx) => ({
      events: await tx.stripeEvent.count({ where }),
      effects: await tx.effect.count({ where }),
    }));
    if (events + effects === 0)
      return good("Nothing has been due for more than 15 minutes.");
    return wrong(
      `Due for more than 15 minutes: ${events} events and ${effects} effects.`,
      `curl -X POST -H "Authorization: Bearer $CRON_SECRET" ${env().appUrl}/api/cron/drain`,
      "npm run worker  # where there is no cron",
    );
  },
};

const dead: Check = {
  name: "Dead events",
  part: "running",
  needs: ["Migrations"],
  async look() {
    const { count, newest } = await systemDb("what is dead", async (tx) => ({
      count: await countDead(tx),
      newest: await listDead(tx, 5),
    }));
    const { events, effects } = count;
    if (events + effects === 0)
      return good("No event and no effect was given up.");
    return wrong(
      `Tried to the end and given up: ${events} events, ${effects} effects. See ${env().appUrl}/admin/webhooks.`,
      ...newest.map((id) => `npm run stripe -- replay ${id}`),
    );
  },
};

const staff: Check = {
  name: "Staff",
  part: "running",
  needs: ["Migrations"],
  async look() {
    const { STAFF_EMAILS } = env();
    if (STAFF_EMAILS.length === 0)
      return wrong(
        "Nobody is named: nobody can open /admin.",
        'STAFF_EMAILS="you@example.com"',
      );
    const confirmed = await systemDb("confirmed staff", (tx) =>
      tx.user.count({
        where: { email: { in: STAFF_EMAILS }, emailVerified: true },
      }),
    );
    return good(
      confirmed > 0
        ? `${confirmed} of ${STAFF_EMAILS.length} named can open /admin.`
        : `${STAFF_EMAILS.length} named; none has signed up and confirmed the address yet.`,
    );
  },
};

export const runningChecks: readonly Check[] = [
  customerData,
  money,
  mail,
  crons,
  backlog,
  dead,
  staff,
];
