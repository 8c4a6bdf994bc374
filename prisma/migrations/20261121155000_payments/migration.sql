-- Mirrors of what was paid, given back and disputed, and of the saved payment methods.
CREATE TABLE "payment" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "customer_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "status" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "amount_captured" BIGINT NOT NULL,
  "amount_refunded" BIGINT NOT NULL,
  "charge_id" TEXT,
  "card" JSONB,
  "failure_code" TEXT,
  "decline_code" TEXT,
  "disputed" BOOLEAN NOT NULL DEFAULT false,
  "description" TEXT,
  "receipt_url" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "payment_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "payment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "payment_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customer"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "payment_tenant_id_customer_id_idx" ON "payment"("tenant_id", "customer_id");
CREATE INDEX "payment_tenant_id_created_at_idx" ON "payment"("tenant_id", "created_at" DESC);

CREATE TABLE "refund" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "payment_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "status" TEXT,
  "currency" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" TEXT,
  "failure_reason" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "refund_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "refund_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "refund_tenant_id_payment_id_idx" ON "refund"("tenant_id", "payment_id");

CREATE TABLE "dispute" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "payment_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "status" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  "reason" TEXT NOT NULL,
  "evidence_due_by" TIMESTAMPTZ(3),
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "dispute_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "dispute_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "dispute_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "dispute_tenant_id_payment_id_idx" ON "dispute"("tenant_id", "payment_id");

CREATE TABLE "payment_method" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "customer_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "type" TEXT NOT NULL,
  "card" JSONB,
  "detached" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "payment_method_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "payment_method_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "payment_method_tenant_id_customer_id_fkey" FOREIGN KEY ("tenant_id", "customer_id") REFERENCES "customer"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "payment_method_tenant_id_customer_id_idx" ON "payment_method"("tenant_id", "customer_id");

SELECT isolate_tenant_table('payment', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('refund', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('dispute', 'SELECT', 'SELECT, INSERT, UPDATE');
SELECT isolate_tenant_table('payment_method', 'SELECT', 'SELECT, INSERT, UPDATE');
