import { systemDb } from "./db";
import { env } from "./env";
import { describeError, log } from "./log";
import { seconds } from "./time";

export type AlarmCode =
  | "card_testing"
  | "charge_not_as_shown"
  | "closed_but_billed"
  | "event_dead"
  | "effect_dead"
  | "dispute"
  | "dispute_lost"
  | "drift"
  | "endpoint_silent"
  | "finalization_failed"
  | "fraud_warning"
  | "wrong_mode"
  | "wrong_account"
  | "money_leak"
  | "orphan"
  | "refund_failed"
  | "refund_unknown"
  | "two_live_subscriptions";

/**
 * Calls for a person: an error in the log, a row for the admin pages, and a POST to ALERT_WEBHOOK_URL, at
 * most one in ten minutes for the same thing. `subject` is an id, never a name or an address. Never throws:
 * whoever raises an alarm has trouble enough.
 */
export async function raiseAlarm(
  code: AlarmCode,
  subject: string,
): Promise<void> {
  log().error({ alarm: code, subject }, "alarm");
  try {
    if (await isNews(code, subject)) await send(code, subject);
  } catch (error) {
    log().error({ alarm: code, error: describeError(error) }, "alarm not sent");
  }
}

async function isNews(code: AlarmCode, subject: string): Promise<boolean> {
  const [alarm] = await systemDb(
    "alarm",
    (tx) => tx.$queryRaw<{ isNews: boolean }[]>`
      INSERT INTO alarm AS stored (code, subject) VALUES (${code}, ${subject})
      ON CONFLICT (code, subject) DO UPDATE SET count = stored.count + 1, raised_at = now(),
        sent_at = CASE WHEN stored.sent_at < now() - interval '10 minutes' THEN now() ELSE stored.sent_at END
      RETURNING sent_at = now()::timestamptz(3) AS "isNews"`,
  );
  return alarm?.isNews ?? false;
}

async function send(code: AlarmCode, subject: string): Promise<void> {
  const { ALERT_WEBHOOK_URL, appUrl } = env();
  if (!ALERT_WEBHOOK_URL) return;
  const answer = await fetch(ALERT_WEBHOOK_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      text: `${appUrl}: ${code} (${subject})`, // what Slack and its like show
      code,
      subject,
      url: `${appUrl}/admin/webhooks`,
    }),
    redirect: "error",
    signal: AbortSignal.timeout(seconds(5)),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}
