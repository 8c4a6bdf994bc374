import { DAY } from "../calendar";
import type { Context, World } from "../context";
import { newId, randomText } from "../ids";
import type { WebhookEndpoint } from "../objects";

/** How long an old secret may go on beside the new one. */
export const LONGEST_OVERLAP = DAY;

export function newSecret(): string {
  return `whsec_${randomText(32)}`;
}

/** Gives an endpoint a new secret; deliveries are signed with the old one too for so many seconds. */
export function rollSecret(
  ctx: Context,
  before: WebhookEndpoint,
  overlap: number,
): WebhookEndpoint {
  const endpoint = { ...before, secret: newSecret() };
  ctx.store.put("webhook_endpoint", endpoint);
  ctx.store.put("rolled_secret", {
    id: newId("rolled"),
    endpoint: before.id,
    secret: before.secret,
    until: ctx.clock.now() + overlap,
  });
  return endpoint;
}

/** The newest first. */
export function validSecrets(
  { clock, store }: Pick<World, "clock" | "store">,
  { id, secret }: WebhookEndpoint,
): [string, ...string[]] {
  const rolled = store
    .all("rolled_secret", { index: "endpoint", key: id })
    .filter(({ until }) => until > clock.now())
    .map((one) => one.secret);
  return [secret, ...rolled.reverse()];
}
