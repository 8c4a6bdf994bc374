-- Which payments paid an invoice, and what credit notes took back of what was paid.
ALTER TABLE "invoice"
  ADD COLUMN "payment_ids" TEXT[] NOT NULL DEFAULT '{}',
  ADD COLUMN "amount_credited" BIGINT NOT NULL DEFAULT 0;

-- What a card's network said of a payment: { id, type, at }.
ALTER TABLE "payment" ADD COLUMN "fraud_warning" JSONB;

-- What somebody asks to be given back, written before Stripe is asked: while it is open, its amount is taken.
CREATE TABLE "refund_command" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "payment_id" TEXT NOT NULL,
  "request_key" TEXT NOT NULL,
  "amount" BIGINT NOT NULL CHECK (amount > 0),
  "currency" TEXT NOT NULL,
  "reason" TEXT,
  "invoice_id" TEXT,
  "params" JSON NOT NULL,
  "self_service" BOOLEAN NOT NULL DEFAULT false,
  "refund_id" TEXT,
  "credit_note_id" TEXT,
  "refused" TEXT,
  "lease_until" TIMESTAMPTZ(3) NOT NULL,
  "closed_at" TIMESTAMPTZ(3),
  "created_by" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "refund_command_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "refund_command_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "refund_command_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION,
  CONSTRAINT "refund_command_settled" CHECK (closed_at IS NULL OR refund_id IS NOT NULL OR refused IS NOT NULL)
);
CREATE INDEX "refund_command_tenant_id_created_at_idx" ON "refund_command"("tenant_id", "created_at" DESC);
CREATE UNIQUE INDEX "refund_command_one_open" ON "refund_command"("tenant_id", "payment_id") WHERE (closed_at IS NULL);
CREATE UNIQUE INDEX "refund_command_one_of_key" ON "refund_command"("tenant_id", "request_key") WHERE (refused IS NULL);
CREATE INDEX "refund_command_due" ON "refund_command"("lease_until") WHERE (closed_at IS NULL);

-- Only our own commands go through here, as system: a tenant's request reads them.
SELECT isolate_tenant_table('refund_command', 'SELECT', 'SELECT, INSERT');
DO $$
BEGIN
  EXECUTE format('GRANT UPDATE (refund_id, credit_note_id, refused, lease_until, closed_at) ON refund_command TO %I', app_role('system'));
END $$;

-- Never more than was captured, whoever asks and however many at once: they wait for each other at the payment.
CREATE FUNCTION refund_within_captured() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid record;
  reserved bigint;
BEGIN
  SELECT amount_captured - amount_refunded AS remaining, currency INTO paid
    FROM payment WHERE tenant_id = NEW.tenant_id AND id = NEW.payment_id FOR UPDATE;
  SELECT COALESCE(sum(amount), 0) INTO reserved
    FROM refund_command WHERE tenant_id = NEW.tenant_id AND payment_id = NEW.payment_id AND closed_at IS NULL;
  IF NEW.currency <> paid.currency OR NEW.amount + reserved > paid.remaining THEN
    RAISE EXCEPTION 'more than is left of the payment' USING ERRCODE = 'check_violation', CONSTRAINT = 'refund_within_captured';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER refund_within_captured BEFORE INSERT ON refund_command
  FOR EACH ROW EXECUTE FUNCTION refund_within_captured();
