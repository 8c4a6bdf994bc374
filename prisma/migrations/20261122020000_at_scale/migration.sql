-- What staff look for costs the same however many workspaces and events there are beside it.
CREATE INDEX "effect_dead" ON "effect"("created_at") WHERE (state = 'dead');
DROP INDEX "stripe_event_dead";
CREATE INDEX "stripe_event_dead" ON "stripe_event"("received_at" DESC, "id" DESC) WHERE (state = 'dead');
CREATE INDEX "stripe_event_ignored" ON "stripe_event"("received_at" DESC, "id" DESC) WHERE (state = 'ignored');
CREATE INDEX "stripe_event_type" ON "stripe_event"("type", "received_at" DESC, "id" DESC);
CREATE INDEX "customer_created_at_id_idx" ON "customer"("created_at" DESC, "id" DESC);

-- By the beginning of any word, without an extension that a host may lack. The signs that tie words together are
-- taken out first: the parser would take "acme.com" or "acme-works" for one word.
CREATE FUNCTION search_words(name text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$SELECT to_tsvector('simple'::regconfig, translate(name, '-_.,:;/@&+<>''"()', '                '))$$;
CREATE INDEX "tenant_words" ON "tenant" USING gin (search_words(name || ' ' || slug));
CREATE INDEX "customer_words" ON "customer" USING gin (search_words(name));
CREATE INDEX "customer_email" ON "customer" (lower(email));

-- What was received in an hour is added up once, when it has ended.
CREATE TABLE "webhook_hour" (
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "received" INTEGER NOT NULL,
  "clean" INTEGER NOT NULL,
  "p50" DOUBLE PRECISION,
  "p95" DOUBLE PRECISION,
  CONSTRAINT "webhook_hour_pkey" PRIMARY KEY ("hour")
);
ALTER TABLE webhook_hour ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_hour FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY system ON webhook_hour TO %I USING (true) WITH CHECK (true)', app_role('system'));
  EXECUTE format('GRANT SELECT, INSERT ON webhook_hour TO %I', app_role('system'));
END $$;
