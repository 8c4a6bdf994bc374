-- What is to be paid without Checkout: a price of the catalogue, or what staff ask for. Written before Stripe is
-- asked; its id is the idempotency key and stands in the payment's metadata.
CREATE TABLE "charge_intent" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "by_staff" BOOLEAN NOT NULL,
  "request_key" TEXT NOT NULL,
  "price_keys" TEXT[] NOT NULL DEFAULT '{}',
  "lines" JSONB NOT NULL,
  "description" TEXT,
  "amount" BIGINT NOT NULL CHECK (amount BETWEEN 1 AND 99999999),
  "currency" TEXT NOT NULL,
  "params" JSON,
  "payment_id" TEXT,
  "refused" TEXT,
  "closed_at" TIMESTAMPTZ(3),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "charge_intent_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "charge_intent_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "charge_intent_one_of_key" ON "charge_intent"("tenant_id", "livemode", "by_staff", "request_key") WHERE (refused IS NULL);
CREATE UNIQUE INDEX "charge_intent_tenant_id_payment_id_key" ON "charge_intent"("tenant_id", "payment_id");

SELECT isolate_tenant_table('charge_intent', 'SELECT, INSERT', 'SELECT, INSERT, UPDATE');

-- What is owed never changes once it is written; whether it was paid, only sync writes.
DO $$
BEGIN
  EXECUTE format('GRANT UPDATE (params, refused, closed_at) ON charge_intent TO %I', app_role('tenant'));
END $$;

-- A purchase is paid by a checkout or by such a payment.
ALTER TABLE "order"
  ALTER COLUMN "checkout_session_id" DROP NOT NULL,
  ADD COLUMN "charge_intent_id" TEXT,
  ADD COLUMN "description" TEXT,
  ADD CONSTRAINT "order_has_cause" CHECK ("checkout_session_id" IS NOT NULL OR "charge_intent_id" IS NOT NULL),
  ADD CONSTRAINT "order_tenant_id_charge_intent_id_fkey" FOREIGN KEY ("tenant_id", "charge_intent_id") REFERENCES "charge_intent"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION;
CREATE UNIQUE INDEX "order_tenant_id_charge_intent_id_key" ON "order"("tenant_id", "charge_intent_id");
