-- The time line of a workspace: its objects' events, found from the workspace, and its effects by their time.
CREATE INDEX "stripe_object_owner_tenant" ON "stripe_object_owner"("tenant_id");
CREATE INDEX "stripe_event_object" ON "stripe_event"("object_id", "received_at" DESC);
CREATE INDEX "effect_tenant_id_created_at_idx" ON "effect"("tenant_id", "created_at" DESC);
