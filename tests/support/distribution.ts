import type pg from "pg";

/** What keeps a table from being spread over servers by its column tenant_id; a line for each. Empty: nothing does. */
export type Distribution = Readonly<Record<string, string[]>>;

const column = (table: string, name: string) =>
  `(SELECT attnum FROM pg_attribute WHERE attrelid = ${table} AND attname = '${name}' AND NOT attisdropped)`;

/** Each gives (table, line). What belongs to one tenant must be decidable on the server that has the tenant. */
const obstacles: readonly string[] = [
  `SELECT indrelid, 'unique without the tenant: ' || indexrelid::regclass FROM pg_index
   WHERE indisunique AND NOT ${column("indrelid", "tenant_id")} = ANY (indkey)`,

  `SELECT conrelid, 'refers to another tenant''s rows: ' || conname FROM pg_constraint
   WHERE contype = 'f' AND ${column("confrelid", "tenant_id")} IS NOT NULL AND NOT EXISTS (
     SELECT FROM unnest(conkey, confkey) AS pair (here, there)
     WHERE here = ${column("conrelid", "tenant_id")} AND there = ${column("confrelid", "tenant_id")})`,

  `SELECT tgrelid, 'trigger: ' || tgname FROM pg_trigger WHERE NOT tgisinternal`,

  `SELECT adrelid, 'draws from a sequence: ' || attname FROM pg_attrdef
   JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
   WHERE pg_get_expr(adbin, adrelid) LIKE '%nextval(%'`,

  `SELECT conrelid, 'excludes across tenants: ' || conname FROM pg_constraint
   WHERE contype = 'x' AND NOT ${column("conrelid", "tenant_id")} = ANY (conkey)`,
];

/** Every table that has a tenant, and what keeps it from being distributed by it (as Citus has its rules). */
export async function distributionOf(db: pg.Client): Promise<Distribution> {
  const { rows } = await db.query<{ name: string; found: string[] }>(
    `WITH obstacle (relid, line) AS (${obstacles.join(" UNION ALL ")})
     SELECT relname AS name, ARRAY(SELECT line::text FROM obstacle WHERE relid = pg_class.oid ORDER BY 1) AS found
     FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
       AND ${column("pg_class.oid", "tenant_id")} IS NOT NULL ORDER BY relname`,
  );
  return Object.fromEntries(rows.map(({ name, found }) => [name, found]));
}

/** Tables without a tenant: on every server alike, or on one alone. */
export async function tablesWithoutTenant(db: pg.Client): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace
       AND ${column("pg_class.oid", "tenant_id")} IS NULL AND relname <> '_prisma_migrations' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}
