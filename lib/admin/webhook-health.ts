import { systemDb } from "@/lib/platform/db";
import { after, days } from "@/lib/platform/time";
import { readBacklog, type Backlog } from "@/lib/webhooks/backlog";
import { countDead } from "@/lib/webhooks/dead";

export type WebhookHealth = {
  backlog: Backlog;
  dead: number;
  deadEffects: number;
  lastReceivedAt: Date | null;
  /** When this was so. */
  asOf: Date;
  /** Raised within the last day. */
  alarms: { code: string; subject: string; count: number; raisedAt: Date }[];
};

/** What calls for a person on whatever page staff are. */
export type Trouble = {
  dead: number;
  deadEffects: number;
  /** Since when Stripe's events had to be read from its list, within the last day. */
  silentSince: Date | null;
};

export async function getTrouble(): Promise<Trouble> {
  return systemDb("trouble for staff", async (tx) => {
    const since = after(new Date(), -days(1));
    const silence = await tx.alarm.findFirst({
      where: { code: "endpoint_silent", raisedAt: { gt: since } },
    });
    const dead = await countDead(tx);
    return {
      dead: dead.events,
      deadEffects: dead.effects,
      silentSince: silence?.raisedAt ?? null,
    };
  });
}

/** How the inbox is doing now, for the staff's page about it. */
export async function getWebhookHealth(): Promise<WebhookHealth> {
  return systemDb("webhook health", async (tx) => {
    const dead = await countDead(tx);
    const newest = await tx.stripeEvent.findFirst({
      orderBy: { receivedAt: "desc" },
      select: { receivedAt: true },
    });
    return {
      backlog: await readBacklog(tx),
      dead: dead.events,
      deadEffects: dead.effects,
      lastReceivedAt: newest?.receivedAt ?? null,
      asOf: new Date(),
      alarms: await tx.alarm.findMany({
        where: { raisedAt: { gt: new Date(Date.now() - 86_400_000) } },
        orderBy: { raisedAt: "desc" },
        take: 20,
      }),
    };
  });
}
