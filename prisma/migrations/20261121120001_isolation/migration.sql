-- Tenants are kept apart here, not in the application. Three roles that nobody logs in as:
--   …_tenant  what a request may do for the tenant named in app.tenant_id
--   …_system  inbox, sync, cron, staff: every tenant, but no logins and no sessions
--   …_auth    better-auth's own tables, which it queries without setting a role
-- Their names carry the database's name because roles belong to the whole cluster; a long one is hashed,
-- since Postgres would cut it, and two roles could become one.

DO $$
DECLARE
  kind text;
  base text := CASE WHEN octet_length(current_database()) <= 40 THEN current_database()
    ELSE 'db_' || md5(current_database()) END;
  role_name text;
BEGIN
  FOREACH kind IN ARRAY ARRAY['tenant', 'system', 'auth'] LOOP
    role_name := base || '_' || kind;
    BEGIN
      EXECUTE format('CREATE ROLE %I NOLOGIN NOBYPASSRLS', role_name);
    EXCEPTION WHEN duplicate_object OR unique_violation THEN
      NULL; -- another migration of this cluster made it first
    END;
    IF current_setting('server_version_num')::int >= 160000 THEN
      EXECUTE format('GRANT %I TO CURRENT_USER WITH SET TRUE, INHERIT %s',
        role_name, CASE WHEN kind = 'auth' THEN 'TRUE' ELSE 'FALSE' END);
    ELSE
      EXECUTE format('GRANT %I TO CURRENT_USER', role_name);
    END IF;
  END LOOP;

  -- The names are baked in, so that a copy or a restore under another name keeps working.
  EXECUTE format(
    'CREATE FUNCTION app_role(kind text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS %L',
    format('SELECT %L || ''_'' || kind', base));
END $$;

CREATE FUNCTION app_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  AS 'SELECT NULLIF(current_setting(''app.tenant_id'', true), '''')';

-- A sync takes its ticket here before it asks Stripe; a lower ticket never overwrites a higher one.
CREATE SEQUENCE sync_ticket;

-- Makes `target` a tenant's table: row-level security, its two policies, and the privileges each role gets.
CREATE FUNCTION isolate_tenant_table(target regclass, tenant_may text, system_may text) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
  EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
  EXECUTE format('CREATE POLICY tenant ON %s TO %I USING (tenant_id = app_tenant()) WITH CHECK (tenant_id = app_tenant())',
    target, app_role('tenant'));
  EXECUTE format('CREATE POLICY system ON %s TO %I USING (true) WITH CHECK (true)', target, app_role('system'));
  EXECUTE format('GRANT %s ON %s TO %I', tenant_may, target, app_role('tenant'));
  EXECUTE format('GRANT %s ON %s TO %I', system_may, target, app_role('system'));
END $$;

-- What a tenant's own request may write: its settings, its intents, its audit trail, its product data.
SELECT isolate_tenant_table('tenant_settings', 'SELECT, INSERT, UPDATE', 'SELECT');
SELECT isolate_tenant_table('customer_intent', 'SELECT, INSERT, UPDATE', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('checkout_intent', 'SELECT, INSERT, UPDATE', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('request_key', 'SELECT, INSERT', 'SELECT, DELETE');
SELECT isolate_tenant_table('project', 'SELECT, INSERT, UPDATE, DELETE', 'SELECT');

-- Mirrors of Stripe: only sync, as system, writes them.
SELECT isolate_tenant_table('customer', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('checkout_session', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('subscription', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('subscription_item', 'SELECT', 'SELECT, INSERT, UPDATE, DELETE');
SELECT isolate_tenant_table('invoice', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('order', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('effect', 'SELECT', 'SELECT, INSERT, UPDATE');

-- Append-only: nobody may update or delete.
SELECT isolate_tenant_table('subscription_change', 'SELECT', 'SELECT, INSERT');
SELECT isolate_tenant_table('audit_entry', 'SELECT, INSERT', 'SELECT, INSERT');

-- No tenant's: system alone.
DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY['stripe_event', 'stripe_object_owner']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY system ON %s TO %I USING (true) WITH CHECK (true)', target, app_role('system'));
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', target, app_role('system'));
  END LOOP;
  EXECUTE format('GRANT USAGE ON SEQUENCE sync_ticket TO %I', app_role('system'));
END $$;

-- better-auth's tables. A tenant sees its own workspace, its members and their names; system reads them all.
DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY['"user"', 'session', 'account', 'verification', 'rate_limit', 'tenant', 'membership', 'invitation']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY auth ON %s TO %I USING (true) WITH CHECK (true)', target, app_role('auth'));
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', target, app_role('auth'));
  END LOOP;
  FOREACH target IN ARRAY ARRAY['"user"', 'tenant', 'membership', 'invitation']::regclass[] LOOP
    EXECUTE format('CREATE POLICY system ON %s FOR SELECT TO %I USING (true)', target, app_role('system'));
    EXECUTE format('GRANT SELECT ON %s TO %I, %I', target, app_role('system'), app_role('tenant'));
  END LOOP;
  EXECUTE format('CREATE POLICY tenant ON tenant FOR SELECT TO %I USING (id = app_tenant())', app_role('tenant'));
  EXECUTE format('CREATE POLICY tenant ON membership FOR SELECT TO %I USING (tenant_id = app_tenant())', app_role('tenant'));
  EXECUTE format('CREATE POLICY tenant ON invitation FOR SELECT TO %I USING (tenant_id = app_tenant())', app_role('tenant'));
  EXECUTE format('CREATE POLICY tenant ON "user" FOR SELECT TO %I USING (EXISTS (SELECT FROM membership WHERE membership.user_id = "user".id AND membership.tenant_id = app_tenant()))', app_role('tenant'));
END $$;
