-- The ledger of events, complete: when Stripe made it, and what was tried with it.
ALTER TABLE stripe_event
  ADD COLUMN created_at timestamptz(3),
  ADD COLUMN lease_until timestamptz(3),
  ADD COLUMN history jsonb NOT NULL DEFAULT '[]';

-- Events about one object are found together: one fetch answers them all.
CREATE INDEX stripe_event_object_due ON stripe_event (object_id) WHERE finished_at IS NULL;
CREATE INDEX stripe_event_received ON stripe_event (received_at);
CREATE INDEX stripe_event_dead ON stripe_event (finished_at) WHERE state = 'dead';

-- What an event or a request has changed.
CREATE INDEX audit_entry_cause_idx ON audit_entry (cause);

-- How far a job has come that goes through many objects, so that the next run goes on from there.
CREATE TABLE job_cursor (
  name text PRIMARY KEY,
  position text NOT NULL DEFAULT '',
  lease_until timestamptz(3),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);

-- What the sweep found to differ from Stripe, written down before it is mended.
CREATE TABLE drift (
  id text PRIMARY KEY,
  object_id text NOT NULL,
  fields jsonb NOT NULL,
  found_at timestamptz(3) NOT NULL DEFAULT now(),
  mended_at timestamptz(3)
);
CREATE INDEX drift_found ON drift (found_at);

-- The alarms raised, by what they are about: each is sent again only after a while.
CREATE TABLE alarm (
  code text NOT NULL,
  subject text NOT NULL,
  count int NOT NULL DEFAULT 1,
  raised_at timestamptz(3) NOT NULL DEFAULT now(),
  sent_at timestamptz(3) NOT NULL DEFAULT now(),
  PRIMARY KEY (code, subject)
);

-- All instances draw their reads of Stripe from this one bucket.
CREATE TABLE stripe_read_budget (
  id int PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  tokens double precision NOT NULL DEFAULT 0,
  at timestamptz(3) NOT NULL DEFAULT now()
);
INSERT INTO stripe_read_budget DEFAULT VALUES;

ALTER TABLE subscription ADD COLUMN stale_checked_at timestamptz(3);

DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY['job_cursor', 'drift', 'alarm', 'stripe_read_budget']::regclass[] LOOP
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
    EXECUTE format('CREATE POLICY system ON %s TO %I USING (true) WITH CHECK (true)', target, app_role('system'));
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %I', target, app_role('system'));
  END LOOP;
END $$;
