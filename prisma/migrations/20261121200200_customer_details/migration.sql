-- What else of a customer is shown and changed here.
ALTER TABLE "customer" ADD COLUMN "description" TEXT,
  ADD COLUMN "locale" TEXT;
