import { randomUUID } from "node:crypto";
import { POST as staffRoute } from "@/app/api/admin/tenants/[tenantId]/refunds/route";
import { POST as ownRoute } from "@/app/api/refunds/route";
import type { Person, World } from "./world";

export type PaymentRow = {
  id: string;
  amount: string;
  amount_captured: string;
  amount_refunded: string;
  disputed: boolean;
};

/** What people do with money that was paid, each as one call. */
export function refundActs(world: () => World) {
  return {
    /** The newest payment of their workspace. */
    async paymentOf({ tenantId }: Person): Promise<PaymentRow> {
      const [row] = await world().rows<PaymentRow>(
        "SELECT * FROM payment WHERE tenant_id = $1 ORDER BY created_at DESC, id DESC",
        [tenantId],
      );
      if (!row) throw new Error("no payment");
      return row;
    },

    /** Somebody who has bought an onboarding session for 149.00, and the payment. */
    async buyer(card?: string): Promise<{ ada: Person; id: string }> {
      const ada = await world().person();
      const { url } = await world().open(ada, {
        priceId: "onboarding_session",
      });
      await world().pay(url, card);
      await world().delivered();
      return { ada, id: (await this.paymentOf(ada)).id };
    },

    /** Staff give it back, wholly where no amount is named. */
    refund(sam: Person | null, ada: Person, body: object) {
      const { tenantId } = ada;
      const wish = { requestKey: randomUUID(), ...body };
      return world().post(staffRoute, sam, wish, { tenantId });
    },

    /** Somebody takes it back themselves. */
    takeBack(person: Person | null, body: object) {
      const wish = { requestKey: randomUUID(), ...body };
      return world().post(ownRoute, person, wish);
    },

    /** Their session began so many minutes ago. */
    signedInAgo({ userId }: Person, minutes: number) {
      return world().rows(
        "UPDATE session SET created_at = now() - make_interval(mins => $2) WHERE user_id = $1",
        [userId, minutes],
      );
    },

    /** What Stripe itself has given back of a payment. */
    async atStripe(payment_intent: string) {
      const { data } = await world().stripe.refunds.list({ payment_intent });
      return data;
    },

    commandsOf({ tenantId }: Person) {
      return world().rows<{
        refund_id: string | null;
        refused: string | null;
        closed_at: Date | null;
      }>(
        "SELECT * FROM refund_command WHERE tenant_id = $1 ORDER BY created_at",
        [tenantId],
      );
    },
  };
}
