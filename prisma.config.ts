import { defineConfig } from "prisma/config";

// Prisma does not read .env by itself, and `generate` needs no database.
const url = process.env["DIRECT_URL"] ?? process.env["DATABASE_URL"] ?? "";

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  datasource: { url },
});
