import type pg from "pg";

/** Unique keys without the tenant: their values are made by us at random, or by Stripe, and never chosen. */
const ownIds = [
  "api_key_pkey",
  "api_key_key_key",
  "membership_pkey",
  "invitation_pkey",
  "stripe_object_owner_pkey",
  "trial_use_pkey",
];

/** What a tenant reads of tables that are no tenant's: its own row, and the people who are members. */
const shared: Readonly<Record<string, string>> = {
  tenant: "(id = app_tenant())",
  user: `(EXISTS ( SELECT
   FROM membership
  WHERE ((membership.user_id = "user".id) AND (membership.tenant_id = app_tenant()))))`,
};

const appendOnly = ["audit_entry", "subscription_change"];

const tables = `pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
  AND relname <> '_prisma_migrations'`;
const hasTenant = (table: string) =>
  `EXISTS (SELECT FROM pg_attribute WHERE attrelid = ${table} AND attname = 'tenant_id' AND NOT attisdropped)`;
const appRoles = `(SELECT oid FROM pg_roles WHERE rolname IN (app_role('tenant'), app_role('system'), app_role('auth')))`;
const tenantRole = `(SELECT oid FROM pg_roles WHERE rolname = app_role('tenant'))`;
const column = (table: string, name: string) =>
  `(SELECT attnum FROM pg_attribute WHERE attrelid = ${table} AND attname = '${name}')`;

/** Each says, one row a hole, what could let one tenant at another's rows. */
const checks: readonly string[] = [
  `SELECT format('%I: no row-level security that is enabled, forced and has a policy', relname)
   FROM ${tables} AND NOT (relrowsecurity AND relforcerowsecurity
     AND EXISTS (SELECT FROM pg_policy WHERE polrelid = pg_class.oid))`,

  `SELECT format('%I: policy %I lets a tenant beyond its own rows', relname, polname)
   FROM pg_policy JOIN pg_class ON pg_class.oid = polrelid,
     LATERAL (SELECT COALESCE($1::jsonb ->> relname, '(tenant_id = app_tenant())') AS own) AS rule
   WHERE polpermissive AND (0 = ANY (polroles) OR ${tenantRole} = ANY (polroles))
     AND (COALESCE(pg_get_expr(polqual, polrelid), own) <> own
       OR COALESCE(pg_get_expr(polwithcheck, polrelid), own) <> own
       OR (polqual IS NULL AND polwithcheck IS NULL))`,

  `SELECT format('%I: a tenant may read it, and it has no tenant', relname) FROM ${tables}
     AND NOT ${hasTenant("pg_class.oid")} AND NOT $1::jsonb ? relname
     AND has_any_column_privilege(app_role('tenant'), pg_class.oid, 'SELECT, INSERT, UPDATE')`,

  `SELECT format('%s: %I does not carry the tenant', conrelid::regclass, conname)
   FROM pg_constraint WHERE contype = 'f' AND (
     (confrelid = 'tenant'::regclass AND ${hasTenant("conrelid")}
       AND conkey <> ARRAY[${column("conrelid", "tenant_id")}])
     OR (${hasTenant("confrelid")} AND NOT EXISTS (
       SELECT FROM unnest(conkey, confkey) AS pair (here, there)
       WHERE here = ${column("conrelid", "tenant_id")} AND there = ${column("confrelid", "tenant_id")}))
     OR (${hasTenant("conrelid")} AND NOT ${hasTenant("confrelid")}
       AND confrelid NOT IN ('tenant'::regclass, '"user"'::regclass)))`,

  `SELECT format('%s: the unique key %s says whether another tenant has a value', indrelid::regclass, indexrelid::regclass)
   FROM pg_index WHERE indisunique AND ${hasTenant("indrelid")}
     AND indrelid IN (SELECT oid FROM ${tables})
     AND indexrelid::regclass::text <> ALL ($2)
     AND NOT ${column("indrelid", "tenant_id")} = ANY (indkey)`,

  `SELECT format('the role %I may more than it should', rolname) FROM pg_roles
   WHERE oid IN ${appRoles} AND (rolsuper OR rolbypassrls OR rolcanlogin OR rolcreaterole OR rolcreatedb
     OR EXISTS (SELECT FROM pg_auth_members WHERE member = pg_roles.oid)
     OR EXISTS (SELECT FROM pg_class WHERE relowner = pg_roles.oid))`,

  `SELECT format('%I: %s for %s', relname, privilege, COALESCE(rolname, 'everybody'))
   FROM pg_class, aclexplode(relacl) AS grant_ (grantor, grantee, privilege, again)
     LEFT JOIN pg_roles ON pg_roles.oid = grantee
   WHERE relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'
     AND (grantee = 0 OR (grantee IN ${appRoles} AND (privilege IN ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN') OR again)))`,

  `SELECT format('%s: %s may change what is append-only', name, kind)
   FROM unnest($3::text[]) AS name, unnest(ARRAY['tenant', 'system', 'auth']) AS kind
   WHERE has_any_column_privilege(app_role(kind), name, 'UPDATE')
     OR has_table_privilege(app_role(kind), name, 'DELETE, TRUNCATE')`,

  `SELECT format('%I: a view that reads with its owner''s rights', relname) FROM pg_class
   WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm'
     OR (relkind = 'v' AND NOT COALESCE('security_invoker=true' = ANY (reloptions), false)))`,

  `SELECT format('%s: a function that runs with its owner''s rights', oid::regprocedure)
   FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`,
];

/** Everything by which the database itself would let one tenant see, touch or name another's rows. */
export async function isolationHoles(db: pg.Client): Promise<string[]> {
  const values = [JSON.stringify(shared), ownIds, appendOnly];
  const holes: string[] = [];
  for (const sql of checks) {
    // Every check takes all three, so that one text is one check.
    const { rows } = await db.query<{ hole: string }>(
      `WITH given AS (SELECT $1::jsonb AS a, $2::text[] AS b, $3::text[] AS c)
       SELECT hole FROM (${sql}) AS found (hole) ORDER BY 1`,
      values,
    );
    holes.push(...rows.map(({ hole }) => hole));
  }
  return holes;
}
