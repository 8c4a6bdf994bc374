import type pg from "pg";

/**
 * What every statement below may name: workspace `i` with its owner's id `u`, its age `at`, and the ids of its
 * Stripe objects. Seven of ten are customers (`buys`), six of ten have a plan (`pays`).
 */
const workspaces = `CREATE TEMP TABLE chosen AS
  SELECT i, md5('tenant' || i) AS t, md5('user' || i) AS u, now() - (i % 730) * interval '1 day' - i * interval '1 second' AS at,
    'cus_' || md5('c' || i) AS cus, 'sub_' || md5('s' || i) AS sub, i % 10 < 7 AS buys, i % 10 < 6 AS pays,
    CASE i % 20 WHEN 1 THEN 'past_due' WHEN 2 THEN 'canceled' ELSE 'active' END AS status
  FROM generate_series($1::int, $2::int) AS i`;

/** Rows as the app writes them, in bulk: true to their workspace and to each other. */
const statements: readonly string[] = [
  `INSERT INTO "user" (id, name, email, email_verified, created_at, updated_at)
   SELECT u, 'Person ' || i, 'person' || i || '@example.com', true, at, at FROM chosen`,
  `INSERT INTO account (id, user_id, account_id, provider_id, password, created_at, updated_at)
   SELECT md5('account' || i), u, u, 'credential', repeat('x', 160), at, at FROM chosen`,
  `INSERT INTO session (id, user_id, token, expires_at, ip_address, user_agent, created_at, updated_at)
   SELECT md5('session' || i), u, md5('token' || i), now() + interval '5 days', '10.0.0.1', 'Browser', at, at FROM chosen`,
  `INSERT INTO rate_limit (id, key, count, last_request)
   SELECT md5('limit' || i), 'sign_in:' || md5('limit' || i), 1, extract(epoch FROM now())::bigint * 1000 FROM chosen`,
  `INSERT INTO tenant (id, name, slug, created_at, closed_at)
   SELECT t, initcap((ARRAY['ac', 'bel', 'cor', 'dun', 'el', 'far', 'gar', 'hol', 'in', 'jun'])[1 + i % 10] || (ARRAY['ba', 'co', 'di', 'fo', 'la', 'me', 'na', 'ri', 'so', 'tu'])[1 + i / 10 % 10] || (ARRAY['ran', 'sel', 'tis', 'var', 'wyn', 'x', 'ya', 'zon', 'gon', 'lin'])[1 + i / 100 % 10]) || ' ' || (ARRAY['Works', 'Labs', 'Foods', 'Travel'])[1 + i % 4],
     'workspace-' || i, at, CASE WHEN i % 100 = 99 THEN now() END FROM chosen`,
  `INSERT INTO membership (id, tenant_id, user_id, role, created_at)
   SELECT md5('owner' || i), t, u, 'owner', at FROM chosen UNION ALL
   SELECT md5('member' || i), t, md5('user' || i - 1), 'member', at FROM chosen WHERE i % 3 = 0 AND i - 1 >= $1`,
  `INSERT INTO invitation (id, tenant_id, email, role, status, inviter_id, expires_at, created_at)
   SELECT md5('invitation' || i), t, 'guest' || i || '@example.com', 'member', 'pending', u, now() + interval '2 days', at FROM chosen WHERE i % 5 = 0`,
  `INSERT INTO api_key (id, tenant_id, name, key, created_at, updated_at)
   SELECT md5('api' || i), t, 'Server', md5('key' || i), at, at FROM chosen WHERE i % 20 = 0`,
  `INSERT INTO tenant_settings (tenant_id, allowed_origins) SELECT t, '{}' FROM chosen WHERE i % 10 = 0`,
  `INSERT INTO tenant_price (tenant_id, id, livemode, product_id, name, amount, currency, interval, created_by)
   SELECT t, 'price_' || md5('p' || i), false, 'prod_pro', 'As agreed', 2500, 'usd', 'month', 'staff' FROM chosen WHERE i % 50 = 0`,
  `INSERT INTO project (tenant_id, id, name, created_by, created_at)
   SELECT t, md5('project' || i || '.' || n), 'Project ' || n, u, at FROM chosen, generate_series(1, 3) AS n`,
  `INSERT INTO request_key (tenant_id, route, key, fingerprint, created_at)
   SELECT t, 'checkout', md5('request' || i), md5('wish' || i), at FROM chosen WHERE buys`,
  `INSERT INTO trial_use (livemode, subject, tenant_id, intent_id)
   SELECT false, md5('subject' || i), t, md5('intent' || i) FROM chosen WHERE i % 4 = 0`,

  `INSERT INTO customer (tenant_id, id, livemode, email, name, card, created_at)
   SELECT t, cus, false, 'billing' || i || '@example.com', 'Customer ' || i,
     '{"brand":"visa","last4":"4242","expMonth":12,"expYear":2034}', at FROM chosen WHERE buys`,
  `INSERT INTO customer_intent (tenant_id, id, livemode, generation, params, stripe_id, created_at)
   SELECT t, md5('customer' || i), false, 1, '{}', cus, at FROM chosen WHERE buys`,
  `INSERT INTO payment_method (tenant_id, id, customer_id, livemode, type, card, created_at)
   SELECT t, 'pm_' || md5('pm' || i), cus, false, 'card', '{"brand":"visa","last4":"4242","expMonth":12,"expYear":2034}', at FROM chosen WHERE buys`,
  `INSERT INTO checkout_intent (tenant_id, id, livemode, product_group, fingerprint, params, lease_until, session_id, closed_at, closed_reason, created_by, created_at)
   SELECT t, md5('intent' || i), false, 'plan', md5('wish' || i), '{}', at, 'cs_' || md5('cs' || i), at, 'completed', u, at FROM chosen WHERE buys`,
  `INSERT INTO checkout_session (tenant_id, id, intent_id, customer_id, livemode, mode, status, payment_status, currency, amount_total, subscription_id, expires_at, created_at)
   SELECT t, 'cs_' || md5('cs' || i), md5('intent' || i), cus, false, CASE WHEN pays THEN 'subscription' ELSE 'payment' END, 'complete', 'paid', 'usd', 2900,
     CASE WHEN pays THEN sub END, at + interval '1 day', at FROM chosen WHERE buys`,
  `INSERT INTO "order" (tenant_id, id, checkout_session_id, lines, status, currency, amount_total, payment_intent_id, paid_at, created_at)
   SELECT t, md5('order' || i), 'cs_' || md5('cs' || i), '[]', 'paid', 'usd', 2900, 'pi_' || md5('pi' || i || '.1'), at, at FROM chosen WHERE buys AND NOT pays`,
  `INSERT INTO subscription (tenant_id, id, customer_id, livemode, status, currency, collection_method, cancel_at_period_end, ended_at, started_at, created_at, monthly_amount)
   SELECT t, sub, cus, false, status, 'usd', 'charge_automatically', false, CASE WHEN status = 'canceled' THEN now() END, at, at, CASE WHEN status = 'canceled' THEN 0 ELSE 2900 END FROM chosen WHERE pays`,
  `INSERT INTO subscription_item (tenant_id, id, subscription_id, price_id, product_id, quantity, unit_amount, interval, interval_count, current_period_start, current_period_end)
   SELECT t, 'si_' || md5('si' || i), sub, 'price_pro', 'prod_pro', 1, 2900, 'month', 1, now() - interval '10 days', now() + interval '20 days' FROM chosen WHERE pays`,
  `INSERT INTO subscription_change (tenant_id, id, subscription_id, from_status, to_status, to_price_id, quantity, amount, currency, cause, at)
   SELECT t, md5('change' || i || '.' || n), sub, CASE WHEN n > 1 THEN 'active' END, CASE WHEN n > 1 THEN status ELSE 'active' END, 'price_pro', 1, 2900, 'usd', 'evt_' || i, at + n * interval '1 hour'
   FROM chosen, generate_series(1, 2) AS n WHERE pays`,
  `INSERT INTO invoice (tenant_id, id, customer_id, subscription_id, livemode, status, number, billing_reason, currency, total, amount_due, amount_paid, attempt_count, payment_ids, paid_at, created_at)
   SELECT t, 'in_' || md5('in' || i || '.' || n), cus, sub, false, CASE WHEN status = 'past_due' AND n = 1 THEN 'open' ELSE 'paid' END, 'INV-' || i || '-' || n, 'subscription_cycle', 'usd', 2900, 2900,
     CASE WHEN status = 'past_due' AND n = 1 THEN 0 ELSE 2900 END, 1, ARRAY['pi_' || md5('pi' || i || '.' || n)], CASE WHEN status = 'past_due' AND n = 1 THEN NULL ELSE now() - (n - 1) * interval '30 days' - (i / 10 % 30) * interval '1 day' - (i % 86400) * interval '1 second' END, now() - (n - 1) * interval '30 days' - (i / 10 % 30) * interval '1 day' - (i % 86400) * interval '1 second'
   FROM chosen, generate_series(1, 4) AS n WHERE pays`,
  `INSERT INTO payment (tenant_id, id, customer_id, livemode, status, currency, amount, amount_captured, amount_refunded, charge_id, created_at)
   SELECT t, 'pi_' || md5('pi' || i || '.' || n), cus, false, 'succeeded', 'usd', 2900, 2900, CASE WHEN i % 50 = 0 AND n = 1 THEN 900 ELSE 0 END, 'ch_' || md5('ch' || i || '.' || n), now() - (n - 1) * interval '30 days' - (i / 10 % 30) * interval '1 day' - (i % 86400) * interval '1 second'
   FROM chosen, generate_series(1, 4) AS n WHERE buys AND (pays OR n = 1)`,
  `INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, created_at)
   SELECT t, 'ch_' || md5('ch' || i || '.' || n), 'pi_' || md5('pi' || i || '.' || n), false, 'succeeded', 'usd', 2900, now() - (n - 1) * interval '30 days' - (i / 10 % 30) * interval '1 day' - (i % 86400) * interval '1 second'
   FROM chosen, generate_series(1, 4) AS n WHERE buys AND (pays OR n = 1)`,
  `INSERT INTO mrr_movement (tenant_id, livemode, currency, number, subscription_id, kind, before, after, at)
   SELECT t, false, 'usd', n, sub, CASE n WHEN 1 THEN 'new' ELSE 'churn' END, CASE n WHEN 1 THEN 0 ELSE 2900 END, CASE n WHEN 1 THEN 2900 ELSE 0 END, CASE n WHEN 1 THEN at ELSE greatest(at, now() - (i / 20 % 365) * interval '1 day') END
   FROM chosen, generate_series(1, 2) AS n WHERE pays AND (n = 1 OR status = 'canceled')`,
  `INSERT INTO refund (tenant_id, id, payment_id, livemode, status, currency, amount, created_at)
   SELECT t, 're_' || md5('re' || i), 'pi_' || md5('pi' || i || '.1'), false, 'succeeded', 'usd', 900, at FROM chosen WHERE i % 50 = 0`,
  `INSERT INTO dispute (tenant_id, id, payment_id, livemode, status, currency, amount, reason, created_at)
   SELECT t, 'du_' || md5('du' || i), 'pi_' || md5('pi' || i || '.1'), false, 'won', 'usd', 2900, 'general', at FROM chosen WHERE i % 500 = 0`,
  `INSERT INTO refund_command (tenant_id, id, payment_id, request_key, amount, currency, params, refund_id, lease_until, closed_at, created_by, created_at)
   SELECT t, md5('give' || i), 'pi_' || md5('pi' || i || '.1'), md5('give' || i), 900, 'usd', '{}', 're_' || md5('re' || i), at, at, u, at FROM chosen WHERE i % 50 = 0`,
  `INSERT INTO subscription_command (tenant_id, id, subject, kind, request_key, lease_until, closed_at, created_by, created_at)
   SELECT t, md5('command' || i), sub, 'cancel', md5('command' || i), at, at, u, at FROM chosen WHERE i % 10 = 2`,
  `INSERT INTO charge_intent (tenant_id, id, livemode, by_staff, request_key, lines, amount, currency, payment_id, closed_at, created_by, created_at)
   SELECT t, md5('charge' || i), false, true, md5('charge' || i), '[]', 2900, 'usd', 'pi_' || md5('pi' || i || '.1'), at, u, at FROM chosen WHERE i % 100 = 0`,
  `INSERT INTO stripe_object_owner (stripe_id, tenant_id, ticket)
   SELECT id, t, 0 FROM chosen, LATERAL (SELECT cus UNION ALL SELECT sub WHERE pays UNION ALL SELECT 'pm_' || md5('pm' || i) UNION ALL SELECT 'cs_' || md5('cs' || i)
     UNION ALL SELECT 'in_' || md5('in' || i || '.' || n) FROM generate_series(1, 4) AS n WHERE pays
     UNION ALL SELECT 'pi_' || md5('pi' || i || '.' || n) FROM generate_series(1, 4) AS n WHERE pays OR n = 1) AS object (id) WHERE buys`,
  `INSERT INTO effect (tenant_id, id, kind, cause, payload, state, attempts, next_try_at, created_at, finished_at)
   SELECT t, md5('effect' || i || '.' || n), (ARRAY['access_began', 'mail.receipt', 'mail.receipt', 'mail.receipt'])[n], 'evt_' || i || '.' || n, '{}', 'done', 1, at, at + n * interval '30 days', at + n * interval '30 days'
   FROM chosen, generate_series(1, 4) AS n WHERE buys`,
  `INSERT INTO audit_entry (tenant_id, id, actor_kind, actor_id, action, object_id, cause, at)
   SELECT t, md5('audit' || i || '.' || n), CASE WHEN n % 3 = 0 THEN 'user' ELSE 'stripe' END, CASE WHEN n % 3 = 0 THEN u END,
     (ARRAY['subscription.changed', 'payment.changed', 'project.created'])[1 + n % 3], sub, 'evt_' || md5('cause' || i || '.' || n), at + n * interval '1 hour'
   FROM chosen, generate_series(1, 8) AS n`,
];

/** Spread over the 90 days that they are kept; 32 of 33 done, the others ignored. Their objects are those of the workspaces. */
const events = `INSERT INTO stripe_event (account, livemode, id, type, api_version, object_id, payload, secret_index, state, attempts, next_try_at, created_at, received_at, finished_at)
  SELECT '', false, 'evt_' || md5('event' || e),
    (ARRAY['customer.subscription.updated', 'invoice.paid', 'payment_intent.succeeded', 'charge.updated'])[1 + e % 4], '2026-10-28.acacia',
    CASE e % 4 WHEN 0 THEN 'sub_' || md5('s' || n) WHEN 1 THEN 'in_' || md5('in' || n || '.' || 1 + e % 3) ELSE 'pi_' || md5('pi' || n || '.' || 1 + e % 3) END,
    convert_to('{"id":"evt_' || md5('event' || e) || '","object":"event","data":{"object":{"id":"' || md5('data' || e) || '","metadata":{"tenant_id":"' || md5('tenant' || n) || '"}}}}', 'UTF8'),
    0, CASE WHEN e % 33 = 0 THEN 'ignored' ELSE 'done' END::"EventState", 1, at, at, at, at + interval '200 milliseconds'
  FROM generate_series($1::int, $2::int) AS e, LATERAL (SELECT 1 + e % $3::int AS n, now() - interval '1 minute' - (e::float / $4) * interval '89 days' AS at) AS made`;

export type Size = { tenants: number; events: number };

/**
 * Fills an open database from one size up to another. `admin` is a superuser, connected to it; what the rows refer
 * to is there, so that foreign keys need not be asked one by one.
 */
export async function fill(
  admin: pg.Client,
  from: Size,
  to: Size,
): Promise<void> {
  await admin.query("SET session_replication_role = replica");
  await admin.query(
    workspaces
      .replace("$1::int", String(from.tenants + 1))
      .replace("$2::int", String(to.tenants)),
  );
  for (const sql of statements)
    await admin.query(sql.replaceAll("$1", String(from.tenants + 1)));
  await admin.query(events, [
    from.events + 1,
    to.events,
    to.tenants,
    to.events,
  ]);
  await admin.query("DROP TABLE chosen");
  await admin.query("SET session_replication_role = DEFAULT");
  await admin.query("VACUUM ANALYZE");
}

/** As many of each size, so that a page shows as much: what was given up, and alarms. */
export const givenUp: readonly string[] = [
  `UPDATE stripe_event SET state = 'dead', note = 'StripeConnectionError' WHERE id IN (SELECT id FROM stripe_event WHERE state = 'done' AND id LIKE 'evt_%' ORDER BY received_at LIMIT 5)`,
  `UPDATE effect SET state = 'dead', last_error = 'Error' WHERE (tenant_id, id) IN (SELECT tenant_id, id FROM effect ORDER BY created_at LIMIT 3)`,
];
