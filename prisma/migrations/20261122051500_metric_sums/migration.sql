-- What each figure came to in a day that is over, and in each hour of today that is: so that nothing is added up twice
-- (see lib/admin/metrics/sums.ts). Nothing but a copy: emptied, it is made anew.
CREATE TABLE "metric_sum" (
  "livemode" BOOLEAN NOT NULL,
  "metric" TEXT NOT NULL,
  "start" TIMESTAMPTZ(3) NOT NULL,
  "group" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "amount" BIGINT NOT NULL,
  CONSTRAINT "metric_sum_pkey" PRIMARY KEY ("livemode", "metric", "start", "group", "key")
);
ALTER TABLE metric_sum ENABLE ROW LEVEL SECURITY;
ALTER TABLE metric_sum FORCE ROW LEVEL SECURITY;
DO $$
BEGIN
  EXECUTE format('CREATE POLICY system ON metric_sum TO %I USING (true) WITH CHECK (true)', app_role('system'));
  EXECUTE format('GRANT SELECT, INSERT, DELETE ON metric_sum TO %I', app_role('system'));
END $$;

-- Hours that were over when something changed of them: what is kept of such a time does not count until it is made anew.
CREATE TABLE "metric_late" (
  "tenant_id" TEXT NOT NULL,
  "id" TEXT NOT NULL,
  "livemode" BOOLEAN NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "noted_at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "metric_late_pkey" PRIMARY KEY ("tenant_id", "id"),
  CONSTRAINT "metric_late_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "metric_late_hour" ON "metric_late"("livemode", "hour");
SELECT isolate_tenant_table('metric_late', 'SELECT', 'SELECT, INSERT, DELETE');

CREATE FUNCTION note_late(tenant text, live boolean, moments timestamptz[]) RETURNS void LANGUAGE sql AS $$
  INSERT INTO metric_late (tenant_id, id, livemode, "hour", noted_at)
  SELECT tenant, gen_random_uuid()::text, live, told, clock_timestamp()
  FROM (SELECT DISTINCT date_trunc('hour', moment, 'UTC') AS told FROM unnest(moments) AS moment) AS hours
  WHERE told < date_trunc('hour', clock_timestamp(), 'UTC')
$$;

-- In the transaction that writes the fact, so that whoever sees it sees that its time has changed: its own, the one that
-- it was in before, and those of what it changes beside itself.
CREATE FUNCTION note_late_charge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode),
    ARRAY[NEW.created_at, OLD.created_at] || ARRAY(
      SELECT paid_at FROM invoice WHERE tenant_id = COALESCE(NEW.tenant_id, OLD.tenant_id)
        AND 'failed' IN (NEW.status, OLD.status) AND payment_ids && ARRAY[NEW.payment_id, OLD.payment_id]));
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON charge FOR EACH ROW EXECUTE FUNCTION note_late_charge();

-- Which of a payment's refunds is the first depends on all of them.
CREATE FUNCTION note_late_refund() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode),
    ARRAY[NEW.created_at, OLD.created_at] || ARRAY(
      SELECT created_at FROM refund WHERE tenant_id = COALESCE(NEW.tenant_id, OLD.tenant_id)
        AND payment_id IN (NEW.payment_id, OLD.payment_id)));
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON refund FOR EACH ROW EXECUTE FUNCTION note_late_refund();

CREATE FUNCTION note_late_dispute() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW IS NOT DISTINCT FROM OLD THEN RETURN NULL; END IF;
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode),
    ARRAY[NEW.created_at, OLD.created_at]);
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON dispute FOR EACH ROW EXECUTE FUNCTION note_late_dispute();

-- The first invoice of a plan that is paid converts its trial, whose end may be long past.
CREATE FUNCTION note_late_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.paid_at, NEW.amount_paid, NEW.currency, NEW.customer_id, NEW.subscription_id, NEW.billing_reason, NEW.payment_ids)
    IS NOT DISTINCT FROM
    (OLD.paid_at, OLD.amount_paid, OLD.currency, OLD.customer_id, OLD.subscription_id, OLD.billing_reason, OLD.payment_ids)
  THEN RETURN NULL; END IF;
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode),
    ARRAY[NEW.paid_at, OLD.paid_at] || ARRAY(
      SELECT trial_end FROM subscription WHERE tenant_id = COALESCE(NEW.tenant_id, OLD.tenant_id)
        AND id IN (NEW.subscription_id, OLD.subscription_id) AND NOT EXISTS (
          SELECT FROM invoice AS other WHERE other.tenant_id = subscription.tenant_id
            AND other.customer_id = subscription.customer_id AND other.subscription_id = subscription.id
            AND other.amount_paid > 0 AND other.id NOT IN (COALESCE(NEW.id, ''), COALESCE(OLD.id, '')))));
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON invoice FOR EACH ROW EXECUTE FUNCTION note_late_invoice();

CREATE FUNCTION note_late_subscription() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.status, NEW.trial_end, NEW.customer_id) IS NOT DISTINCT FROM (OLD.status, OLD.trial_end, OLD.customer_id)
  THEN RETURN NULL; END IF;
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode),
    ARRAY[NEW.trial_end, OLD.trial_end]);
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON subscription
  FOR EACH ROW EXECUTE FUNCTION note_late_subscription();

CREATE FUNCTION note_late_movement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM note_late(COALESCE(NEW.tenant_id, OLD.tenant_id), COALESCE(NEW.livemode, OLD.livemode), ARRAY[NEW.at, OLD.at]);
  RETURN NULL;
END $$;
CREATE TRIGGER note_late AFTER INSERT OR UPDATE OR DELETE ON mrr_movement
  FOR EACH ROW EXECUTE FUNCTION note_late_movement();

-- With the id in it the workspaces whose money is looked at are read from the index alone.
DROP INDEX "tenant_money_second";
CREATE INDEX "tenant_money_second" ON "tenant" (money_second(id), id);
