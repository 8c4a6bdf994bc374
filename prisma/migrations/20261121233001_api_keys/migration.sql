-- better-auth's table of API keys; what it calls the reference is the tenant. Only the hash of a key is here.
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "tenant_id" TEXT NOT NULL,
    "config_id" TEXT NOT NULL DEFAULT 'default',
    "name" TEXT,
    "start" TEXT,
    "prefix" TEXT,
    "key" TEXT NOT NULL,
    "refill_interval" INTEGER,
    "refill_amount" INTEGER,
    "last_refill_at" TIMESTAMPTZ(3),
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "rate_limit_enabled" BOOLEAN NOT NULL DEFAULT true,
    "rate_limit_time_window" INTEGER,
    "rate_limit_max" INTEGER,
    "request_count" INTEGER NOT NULL DEFAULT 0,
    "remaining" INTEGER,
    "last_request" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "permissions" TEXT,
    "metadata" TEXT,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "api_key_key_key" ON "api_key"("key");
CREATE INDEX "api_key_tenant_id_created_at_idx" ON "api_key"("tenant_id", "created_at" DESC);
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A tenant sees its own and may switch them off; it can neither make one nor change what one may.
DO $$
BEGIN
  ALTER TABLE api_key ENABLE ROW LEVEL SECURITY;
  ALTER TABLE api_key FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY auth ON api_key TO %I USING (true) WITH CHECK (true)', app_role('auth'));
  EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON api_key TO %I', app_role('auth'));
  EXECUTE format('CREATE POLICY tenant ON api_key TO %I USING (tenant_id = app_tenant()) WITH CHECK (tenant_id = app_tenant())',
    app_role('tenant'));
  EXECUTE format('GRANT SELECT ON api_key TO %I', app_role('tenant'));
  EXECUTE format('GRANT UPDATE (enabled, updated_at) ON api_key TO %I', app_role('tenant'));
END $$;
