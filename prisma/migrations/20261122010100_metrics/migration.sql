-- Every attempt to take money, as Stripe's charges tell of it: a payment keeps its newest one only.
CREATE TABLE "charge" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "payment_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "status" TEXT NOT NULL,
  "currency" TEXT NOT NULL,
  "amount_captured" BIGINT NOT NULL,
  "failure_code" TEXT,
  "decline_code" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "charge_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "charge_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "charge_tenant_id_payment_id_fkey" FOREIGN KEY ("tenant_id", "payment_id") REFERENCES "payment"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
CREATE INDEX "charge_tenant_id_payment_id_idx" ON "charge"("tenant_id", "payment_id");
SELECT isolate_tenant_table('charge', 'SELECT', 'SELECT, INSERT, UPDATE');

ALTER TABLE "invoice" ADD COLUMN "paid_at" TIMESTAMPTZ(3);

-- What a subscription counts for, by month, and as of when.
ALTER TABLE "subscription"
  ADD COLUMN "monthly_amount" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "as_of" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- Append-only: what each change did to what a workspace pays by month, in one currency. `number` counts them.
CREATE TABLE "mrr_movement" (
  "tenant_id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "currency" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "subscription_id" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK (kind IN ('new', 'reactivation', 'expansion', 'contraction', 'churn')),
  "before" BIGINT NOT NULL,
  "after" BIGINT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "mrr_movement_pkey" PRIMARY KEY ("tenant_id", "livemode", "currency", "number"),
  CONSTRAINT "mrr_movement_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "mrr_movement_tenant_id_subscription_id_fkey" FOREIGN KEY ("tenant_id", "subscription_id") REFERENCES "subscription"("tenant_id", "id") ON DELETE NO ACTION ON UPDATE NO ACTION
);
-- With all that the sums need, so that they are read from it alone.
CREATE INDEX "mrr_movement_in_time" ON "mrr_movement"("livemode", "at", "currency", "kind", "before", "after");
SELECT isolate_tenant_table('mrr_movement', 'SELECT', 'SELECT, INSERT');

-- Whoever writes a subscription, what it counts for is followed here, in the same transaction. Changes of one
-- workspace wait for each other, and none is dated before the one that it follows.
CREATE FUNCTION record_mrr_movement() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  change bigint := NEW.monthly_amount - CASE TG_OP WHEN 'UPDATE' THEN OLD.monthly_amount ELSE 0 END;
  last record;
  total bigint;
BEGIN
  IF change = 0 THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('mrr:' || NEW.tenant_id, 0));
  SELECT "number", "after", "at" INTO last FROM mrr_movement
    WHERE tenant_id = NEW.tenant_id AND livemode = NEW.livemode AND currency = NEW.currency
    ORDER BY "number" DESC LIMIT 1;
  total := COALESCE(last.after, 0) + change;
  INSERT INTO mrr_movement (tenant_id, livemode, currency, "number", subscription_id, kind, "before", "after", "at")
  VALUES (NEW.tenant_id, NEW.livemode, NEW.currency, COALESCE(last.number, 0) + 1, NEW.id,
    CASE WHEN last.number IS NULL THEN 'new'
      WHEN total = 0 THEN 'churn'
      WHEN last.after = 0 THEN 'reactivation'
      WHEN change > 0 THEN 'expansion'
      ELSE 'contraction' END,
    COALESCE(last.after, 0), total, GREATEST(NEW.as_of, last.at));
  RETURN NULL;
END $$;
CREATE TRIGGER record_mrr_movement AFTER INSERT OR UPDATE OF monthly_amount ON subscription
  FOR EACH ROW EXECUTE FUNCTION record_mrr_movement();

-- What became of the events of one day, kept when they are deleted.
CREATE TABLE "webhook_day" (
  "day" DATE NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "delivered" INTEGER NOT NULL,
  "missed" INTEGER NOT NULL,
  "clean" INTEGER NOT NULL,
  "dead" INTEGER NOT NULL,
  CONSTRAINT "webhook_day_pkey" PRIMARY KEY ("livemode", "day")
);
DO $$
BEGIN
  ALTER TABLE webhook_day ENABLE ROW LEVEL SECURITY;
  ALTER TABLE webhook_day FORCE ROW LEVEL SECURITY;
  EXECUTE format('CREATE POLICY system ON webhook_day TO %I USING (true) WITH CHECK (true)', app_role('system'));
  EXECUTE format('GRANT SELECT, INSERT, UPDATE ON webhook_day TO %I', app_role('system'));
END $$;

-- What is there already, as well as the rows tell. Plans count as new from now on, at their price without a discount
-- until Stripe tells of them again; attempts and invoices have their own dates. As system, whom the policies let see it.
SELECT set_config('role', app_role('system'), true);
INSERT INTO charge (tenant_id, id, payment_id, livemode, status, currency, amount_captured, failure_code, decline_code, created_at)
  SELECT tenant_id, charge_id, id, livemode, CASE WHEN amount_captured > 0 THEN 'succeeded' ELSE 'failed' END, currency,
    amount_captured, failure_code, decline_code, created_at
  FROM payment WHERE charge_id IS NOT NULL AND (amount_captured > 0 OR failure_code IS NOT NULL);
UPDATE invoice SET paid_at = created_at WHERE status = 'paid';
UPDATE subscription SET monthly_amount = COALESCE((
    SELECT round(sum(unit_amount * COALESCE(quantity, 0) * CASE "interval"
      WHEN 'day' THEN 365 WHEN 'week' THEN 52 WHEN 'month' THEN 12 WHEN 'year' THEN 1 ELSE 0 END::numeric
      / (12 * COALESCE(interval_count, 1))))
    FROM subscription_item AS item
    WHERE item.tenant_id = subscription.tenant_id AND item.subscription_id = subscription.id), 0)
  WHERE status IN ('active', 'past_due') AND COALESCE(collection_paused, 'null') = 'null';
SELECT set_config('role', 'none', true);

-- Each figure is read by its time.
CREATE INDEX "charge_in_time" ON "charge"("livemode", "created_at");
CREATE INDEX "refund_in_time" ON "refund"("livemode", "created_at");
CREATE INDEX "dispute_in_time" ON "dispute"("livemode", "created_at");
CREATE INDEX "invoice_in_time" ON "invoice"("livemode", "paid_at");
CREATE INDEX "subscription_trial_end" ON "subscription"("livemode", "trial_end");
