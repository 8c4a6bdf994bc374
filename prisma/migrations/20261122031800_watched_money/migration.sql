-- The second of the day (UTC) at which a workspace's money is looked at, spread evenly: so that runs of any length
-- and number go through every workspace once a day (see lib/webhooks/watch-money.ts).
CREATE FUNCTION money_second(tenant_id text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
  AS $$SELECT mod(hashtextextended(tenant_id, 0) & 9223372036854775807, 86400)::integer$$;
CREATE INDEX "tenant_money_second" ON "tenant" (money_second(id));

-- Where money did not add up when it was last looked at. Gone once it does.
CREATE TABLE "money_leak" (
  "tenant_id" TEXT NOT NULL,
  "object_id" TEXT NOT NULL,
  "what" TEXT NOT NULL,
  CONSTRAINT "money_leak_pkey" PRIMARY KEY ("tenant_id", "object_id", "what"),
  CONSTRAINT "money_leak_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
SELECT isolate_tenant_table('money_leak', 'SELECT', 'SELECT, INSERT, DELETE');
