-- The doctor says which migrations are missing, also where the app's login owns nothing. A shadow database of
-- `prisma migrate dev` has no such table.
DO $$
BEGIN
  IF to_regclass('_prisma_migrations') IS NOT NULL THEN
    EXECUTE format('GRANT SELECT ON _prisma_migrations TO %I', app_role('system'));
  END IF;
END $$;
