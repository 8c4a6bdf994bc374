-- Staff read the workspaces newest first and by the last row of the page before (keyset).
CREATE INDEX "tenant_created_at_id_idx" ON "tenant"("created_at" DESC, "id" DESC);
