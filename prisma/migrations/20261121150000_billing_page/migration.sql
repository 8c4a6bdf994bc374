-- What the billing page, the portal and expired checkouts need to say.
ALTER TABLE "tenant_settings" ADD COLUMN "portal_return_path" TEXT;

ALTER TABLE "customer" ADD COLUMN "card" JSONB,
  ADD COLUMN "balance" BIGINT NOT NULL DEFAULT 0,
  ADD COLUMN "discounted" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "subscription" ADD COLUMN "card" JSONB,
  ADD COLUMN "discounted" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "taxed" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "invoice" ADD COLUMN "action_required" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "checkout_session" ADD COLUMN "recovery_url" TEXT,
  ADD COLUMN "recovery_expires_at" TIMESTAMPTZ(3),
  ADD COLUMN "recovered_from" TEXT;

ALTER TABLE "order" ADD COLUMN "receipt_url" TEXT;
