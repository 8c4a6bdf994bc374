import type pg from "pg";

type Column = { name: string; type: string; choices: string[] };

/** Every table of a tenant: with a column tenant_id. */
export async function tenantTables(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
       AND attname = 'tenant_id' AND NOT attisdropped ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

/**
 * One row more in every table that has none of this tenant, made from the catalogue: so a new table is among
 * what the isolation tests try, without anybody thinking of it. `admin` is a superuser.
 */
export async function fillTables(
  admin: pg.Client,
  tenantId: string,
): Promise<void> {
  await admin.query("SET session_replication_role = replica"); // what its rows would refer to is beside the point
  for (const table of await tenantTables(admin)) {
    const { rowCount } = await admin.query(
      `SELECT FROM "${table}" WHERE tenant_id = $1 LIMIT 1`,
      [tenantId],
    );
    if (rowCount === 0) await addRow(admin, table, tenantId);
  }
  await admin.query("SET session_replication_role = DEFAULT");
}

async function addRow(admin: pg.Client, table: string, tenantId: string) {
  const columns = await neededColumns(admin, table);
  const names = columns.map(({ name }) => `"${name}"`).join(", ");
  const places = columns.map((_, index) => `$${index + 1}`).join(", ");
  const values = columns.map((column) =>
    column.name === "tenant_id" ? tenantId : valueFor(column, tenantId),
  );
  await admin.query(
    `INSERT INTO "${table}" (${names}) VALUES (${places})`,
    values,
  );
}

/** Those that must be given, with the words that an enum or a CHECK allows. */
async function neededColumns(
  admin: pg.Client,
  table: string,
): Promise<Column[]> {
  const { rows } = await admin.query<Column & { checks: string | null }>(
    `SELECT attname AS name, typname AS type,
       ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = pg_type.oid ORDER BY enumsortorder) AS choices,
       (SELECT string_agg(pg_get_constraintdef(oid), ' ') FROM pg_constraint
        WHERE contype = 'c' AND conrelid = attrelid AND conkey = ARRAY[attnum]) AS checks
     FROM pg_attribute JOIN pg_type ON pg_type.oid = atttypid
     WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '' AND attidentity = ''
       AND (attname = 'tenant_id' OR (attnotnull AND NOT atthasdef)
         OR (attrelid, attname) = ('"order"'::regclass, 'checkout_session_id'))`, // one of its two causes it must have
    [`"${table}"`],
  );
  return rows.map(({ name, type, choices, checks }) => ({
    name,
    type,
    choices:
      choices.length > 0
        ? choices
        : [...(checks ?? "").matchAll(/'([^']*)'::text/g)].map(
            ([, word]) => word ?? "",
          ),
  }));
}

function valueFor({ name, type, choices }: Column, tenantId: string): unknown {
  if (choices.length > 0) return choices[0];
  switch (type) {
    case "bool":
      return false;
    case "int4":
    case "int8":
    case "float8":
    case "numeric":
      return 1;
    case "timestamptz":
    case "timestamp":
    case "date":
      return new Date();
    case "json":
    case "jsonb":
      return "{}";
    case "bytea":
      return Buffer.from("x");
    default:
      return type.startsWith("_") ? [] : `${name} of ${tenantId}`;
  }
}
