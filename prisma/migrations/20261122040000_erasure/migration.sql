-- Erasures that go on: for days Stripe tells of what was erased, in events that hold it. A person is known here by the
-- address that is looked for, until then and no longer.
CREATE TABLE erasure (
  kind text NOT NULL CHECK (kind IN ('workspace', 'person')),
  subject text NOT NULL,
  due_at timestamptz(3) NOT NULL,
  until timestamptz(3) NOT NULL,
  PRIMARY KEY (kind, subject)
);

DO $$
BEGIN
  ALTER TABLE erasure ENABLE ROW LEVEL SECURITY;
  ALTER TABLE erasure FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY system ON erasure TO %I USING (true) WITH CHECK (true)', app_role('system'));
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON erasure TO %I', app_role('system'));
END $$;
