import type pg from "pg";
import { everyRoute, type Route } from "@/tests/support/every-route";
import { requestOf, type Parts } from "./request-of";
import type { Site } from "./site";

/** The same request twice: about what is another workspace's, and about what was never there. */
export type Pair = { name: string; others: Parts; missing: Parts };

const found: Readonly<Record<string, string>> = {
  customerId: "SELECT id FROM customer",
  invoiceId: "SELECT id FROM invoice",
  paymentId: "SELECT id FROM payment",
  paymentMethodId: "SELECT id FROM payment_method",
  sessionId: "SELECT id FROM checkout_session",
  subscriptionId: "SELECT id FROM subscription",
  tenantId: "SELECT tenant_id AS id FROM invoice",
  userId: "SELECT user_id AS id FROM membership JOIN invoice USING (tenant_id)",
};

/** Every route that takes an id of something, as a stranger to whose it is. */
export async function pairs(
  { cookies, origin }: Site,
  system: pg.Client,
): Promise<Pair[]> {
  const ids: Record<string, string> = {};
  for (const [name, sql] of Object.entries(found)) {
    const { rows } = await system.query<{ id: string }>(`${sql} LIMIT 1`);
    if (!rows[0]) throw new Error(`nothing of ${name} to try`);
    ids[name] = rows[0].id;
  }
  const headers = {
    origin,
    cookie: cookies.stranger,
  };
  const keyed = (key: string) => ({ ...headers, "idempotency-key": key });
  const routes = (await everyRoute()).filter(isForMembers);
  return routes.flatMap((route) =>
    Object.entries(ids).flatMap(([name, id]) => {
      const missing = id.slice(0, -4) + "Zz9Q";
      const others = requestOf(route, { [name]: id }, keyed(id));
      const none = requestOf(route, { [name]: missing }, keyed(missing));
      const isTaken = others.path !== none.path || others.body !== none.body;
      return isTaken
        ? [
            {
              name: `${route.method} ${route.path}: ${name}`,
              others,
              missing: none,
            },
          ]
        : [];
    }),
  );
}

function isForMembers({ description }: Route): boolean {
  const caller = description?.policy.caller;
  return caller === "member" || caller === "signed in";
}
