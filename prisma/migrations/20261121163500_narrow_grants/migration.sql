-- A tenant's request changes of a membership its role, of an invitation how it stands, and asks for one kind
-- of effect, its mail: never for what only a payment may cause.
DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE ON membership, invitation FROM %I', app_role('tenant'));
  EXECUTE format('GRANT UPDATE (role) ON membership TO %I', app_role('tenant'));
  EXECUTE format('GRANT UPDATE (status, sent, sent_at, expires_at) ON invitation TO %I', app_role('tenant'));
  EXECUTE format('CREATE POLICY tenant_asks ON effect AS RESTRICTIVE FOR INSERT TO %I WITH CHECK (kind = ''mail.invitation'')',
    app_role('tenant'));
END $$;
DROP POLICY tenant_revokes ON invitation; -- the policy `tenant` says the same
