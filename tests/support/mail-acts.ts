import { expect } from "vitest";
import type { Person, World } from "./world";

/** What the stories about mails do with one world. */
export function mailActs(world: World) {
  /** Every effect that is due has run, and those that it caused. */
  async function settled() {
    await world.delivered();
    await world.cron();
  }

  async function subjects(email: string): Promise<string[]> {
    const mails = await world.mails(email);
    return mails
      .map(({ subject }) => subject)
      .filter((subject) => subject !== "Confirm your email address")
      .toReversed();
  }

  /** The person's live subscription, as Stripe has it. */
  async function subscriptionOf(person: Person) {
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM subscription WHERE tenant_id = $1",
      [person.tenantId],
    );
    return world.stripe.subscriptions.retrieve(row?.id ?? "");
  }

  /** Stripe sends everything about this person's subscription and invoices again, and it is worked on again. */
  async function redeliver(person: Person) {
    const events = await world.rows<{ payload: Buffer }>(
      `UPDATE stripe_event SET state = 'pending', finished_at = NULL, attempts = 0
     WHERE object_id IN (SELECT stripe_id FROM stripe_object_owner WHERE tenant_id = $1) RETURNING payload`,
      [person.tenantId],
    );
    expect(events.length).toBeGreaterThan(2);
    await Promise.all(
      events
        .toReversed()
        .map(({ payload }) => world.deliver(JSON.parse(payload.toString()))),
    );
    await settled();
  }

  /** The Stripe customer that a checkout makes for this person's workspace, before anything is bought. */
  async function customerOf(person: Person): Promise<string> {
    await world.open(person);
    const [row] = await world.rows<{ id: string }>(
      "SELECT id FROM customer WHERE tenant_id = $1",
      [person.tenantId],
    );
    return row?.id ?? "";
  }

  return { settled, subjects, subscriptionOf, redeliver, customerOf };
}

export type MailActs = ReturnType<typeof mailActs>;
