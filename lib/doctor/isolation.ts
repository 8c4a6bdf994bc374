import { Prisma, systemSql } from "@/lib/platform/db";
import { good, wrong, type Check } from "./check";

/** The roles that the app switches to, and the one it queries logins with. */
const roles: Check = {
  name: "Database roles",
  part: "database",
  needs: ["Migrations"],
  async look() {
    const found = await systemSql<{
      name: string;
      exists: boolean;
      bypasses: boolean;
    }>(
      "roles that bypass row-level security",
      Prisma.sql`
        SELECT wanted AS name, rolname IS NOT NULL AS exists,
          COALESCE(rolsuper OR rolbypassrls, false) AS bypasses
        FROM unnest(ARRAY[app_role('tenant'), app_role('system'), app_role('auth')]) AS wanted
        LEFT JOIN pg_roles ON rolname = wanted`,
    );
    const missing = found.filter(({ exists }) => !exists);
    if (missing.length > 0)
      return wrong(
        `Missing: ${missing.map(({ name }) => name).join(", ")}.`,
        ...missing.map(
          ({ name }) => `CREATE ROLE "${name}" NOLOGIN NOBYPASSRLS;`,
        ),
      );
    const bypassing = found.filter(({ bypasses }) => bypasses);
    if (bypassing.length > 0)
      return wrong(
        `Row-level security is bypassed by ${bypassing.map(({ name }) => name).join(", ")}: workspaces are not kept apart.`,
        ...bypassing.map(
          ({ name }) => `ALTER ROLE "${name}" NOSUPERUSER NOBYPASSRLS;`,
        ),
      );
    return good(`None of the ${found.length} can bypass row-level security.`);
  },
};

type Table = { name: string; on: boolean; forced: boolean; open: boolean };

/** Every table is under row-level security, and every policy for a tenant names the tenant. */
const rowSecurity: Check = {
  name: "Row-level security",
  part: "database",
  needs: ["Migrations"],
  async look() {
    const tables = await systemSql<Table>(
      "tables under row-level security",
      Prisma.sql`
        SELECT relname AS name, relrowsecurity AS on, relforcerowsecurity AS forced,
          EXISTS (
            SELECT FROM pg_policies
            WHERE schemaname = 'public' AND tablename = relname AND permissive = 'PERMISSIVE'
              AND roles && ARRAY[app_role('tenant'), 'public']::name[]
              AND COALESCE(qual, with_check, '') NOT LIKE '%app_tenant()%'
          ) AS open
        FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND relname <> '_prisma_migrations'
        ORDER BY relname`,
    );
    const off = tables.filter(({ on, forced }) => !on || !forced);
    if (off.length > 0)
      return wrong(
        `Off for ${off.map(({ name }) => name).join(", ")}: workspaces are not kept apart there.`,
        ...off.map(
          ({ name }) =>
            `ALTER TABLE "${name}" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;`,
        ),
      );
    const open = tables.filter((table) => table.open);
    if (open.length > 0)
      return wrong(
        `A policy lets one workspace see another’s rows in ${open.map(({ name }) => name).join(", ")}. See isolate_tenant_table in prisma/migrations.`,
      );
    return good(`On and forced for all ${tables.length} tables.`);
  },
};

export const isolationChecks: readonly Check[] = [roles, rowSecurity];
