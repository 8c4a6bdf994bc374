-- Who has had the one trial. Outlives the workspace and the account; no tenant's: system alone.
CREATE TABLE "trial_use" (
    "livemode" BOOLEAN NOT NULL,
    "subject" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "intent_id" TEXT NOT NULL,
    "taken_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "trial_use_pkey" PRIMARY KEY ("livemode", "subject")
);

ALTER TABLE trial_use ENABLE ROW LEVEL SECURITY;
ALTER TABLE trial_use FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY system ON trial_use TO %I USING (true) WITH CHECK (true)', app_role('system'));
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON trial_use TO %I', app_role('system'));
END $$;
