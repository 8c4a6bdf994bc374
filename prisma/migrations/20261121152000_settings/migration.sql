-- A closed workspace keeps its rows, for the law and the ledger; nobody enters it any more.
ALTER TABLE "tenant" ADD COLUMN "closed_at" TIMESTAMPTZ(3);

-- Its name, its address and its end, with that of its invitations, are changed by its own requests, together
-- with the audit row.
DO $$
BEGIN
  EXECUTE format('CREATE POLICY tenant_changes ON tenant FOR UPDATE TO %I USING (id = app_tenant()) WITH CHECK (id = app_tenant())', app_role('tenant'));
  EXECUTE format('GRANT UPDATE (name, slug, closed_at) ON tenant TO %I', app_role('tenant'));
  EXECUTE format('CREATE POLICY tenant_revokes ON invitation FOR UPDATE TO %I USING (tenant_id = app_tenant()) WITH CHECK (tenant_id = app_tenant())', app_role('tenant'));
  EXECUTE format('GRANT UPDATE (status) ON invitation TO %I', app_role('tenant'));
END $$;

-- What Stripe writes on invoices.
ALTER TABLE "customer" ADD COLUMN "phone" TEXT,
  ADD COLUMN "address" JSONB,
  ADD COLUMN "tax_ids" JSONB NOT NULL DEFAULT '[]';

-- The audit log is read newest first and by its last row (keyset).
DROP INDEX "audit_entry_tenant_id_at_idx";
CREATE INDEX "audit_entry_tenant_id_at_id_idx" ON "audit_entry"("tenant_id", "at" DESC, "id" DESC);
