-- Invitations: how often one was sent, and one pending invitation for an address in a workspace.
ALTER TABLE "invitation" ALTER COLUMN "role" SET NOT NULL,
ALTER COLUMN "role" SET DEFAULT 'member';
ALTER TABLE "invitation" ADD COLUMN "sent" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN "sent_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
ALTER TABLE "invitation" ADD CONSTRAINT invitation_status
  CHECK (status IN ('pending', 'accepted', 'revoked', 'expired'));
CREATE UNIQUE INDEX "invitation_one_pending" ON "invitation"("tenant_id", "email") WHERE (status = 'pending');

-- Who belongs to a workspace is changed by that workspace's own requests, together with the audit row and
-- the mail that the change causes: so the tenant's role writes these, and only its own rows.
DO $$
DECLARE
  target regclass;
BEGIN
  FOREACH target IN ARRAY ARRAY['membership', 'invitation']::regclass[] LOOP
    EXECUTE format('DROP POLICY tenant ON %s', target);
    EXECUTE format('CREATE POLICY tenant ON %s TO %I USING (tenant_id = app_tenant()) WITH CHECK (tenant_id = app_tenant())',
      target, app_role('tenant'));
  END LOOP;
  EXECUTE format('GRANT INSERT, UPDATE, DELETE ON membership TO %I', app_role('tenant'));
  EXECUTE format('GRANT INSERT, UPDATE ON invitation TO %I', app_role('tenant'));
  EXECUTE format('GRANT INSERT ON effect TO %I', app_role('tenant'));
END $$;
