-- A price that only this tenant may buy, and a catalogue price that it may not. Staff write both; the tenant
-- reads its own.
CREATE TABLE "tenant_price" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "product_id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "amount" BIGINT NOT NULL CHECK (amount > 0),
  "currency" TEXT NOT NULL,
  "interval" TEXT CHECK ("interval" IN ('month', 'year')),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "withdrawn_at" TIMESTAMPTZ(3),
  CONSTRAINT "tenant_price_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "tenant_price_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "tenant_price_one_name" ON "tenant_price"("tenant_id", "livemode", "product_id", "name") WHERE ("withdrawn_at" IS NULL);

CREATE TABLE "tenant_hidden_price" (
  "tenant_id" TEXT NOT NULL,
  "lookup_key" TEXT NOT NULL,
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "tenant_hidden_price_pkey" PRIMARY KEY ("tenant_id", "lookup_key"),
  CONSTRAINT "tenant_hidden_price_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

SELECT isolate_tenant_table('tenant_price', 'SELECT', 'SELECT, INSERT');
SELECT isolate_tenant_table('tenant_hidden_price', 'SELECT', 'SELECT, INSERT, DELETE');

-- What an open checkout sells: so that it is found when one of its prices is withdrawn or hidden.
ALTER TABLE "checkout_intent" ADD COLUMN "price_keys" TEXT[] NOT NULL DEFAULT '{}';

-- What was offered stays as it was; it is only withdrawn.
DO $$
BEGIN
  EXECUTE format('GRANT UPDATE (withdrawn_at) ON tenant_price TO %I', app_role('system'));
END $$;
