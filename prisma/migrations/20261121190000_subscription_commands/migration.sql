-- What a subscription's row has to say of changes that wait: for a payment, for a date, for somebody.
ALTER TABLE "subscription"
  ADD COLUMN "schedule" JSONB,
  ADD COLUMN "pending_change" JSONB,
  ADD COLUMN "collection_paused" JSONB;

-- What people ask of a subscription: one at a time, each with its exact parameters and what became of it.
CREATE TABLE "subscription_command" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "subject" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "request_key" TEXT NOT NULL,
  "params" JSON,
  "answer" JSON,
  "refused" TEXT,
  "lease_until" TIMESTAMPTZ(3) NOT NULL,
  "closed_at" TIMESTAMPTZ(3),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "subscription_command_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "subscription_command_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "subscription_command_one_open" ON "subscription_command"("tenant_id", "subject") WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX "subscription_command_one_of_key" ON "subscription_command"("tenant_id", "kind", "request_key") WHERE (refused IS NULL);

SELECT isolate_tenant_table('subscription_command', 'SELECT, INSERT, UPDATE', 'SELECT');

-- A change of members asks for the seats to be counted anew.
DO $$
BEGIN
  DROP POLICY tenant_asks ON effect;
  EXECUTE format('CREATE POLICY tenant_asks ON effect AS RESTRICTIVE FOR INSERT TO %I WITH CHECK (kind IN (''mail.invitation'', ''seats_changed''))',
    app_role('tenant'));
END $$;
