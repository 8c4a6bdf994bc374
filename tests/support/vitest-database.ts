import { afterAll } from "vitest";
import { cloneDatabase } from "./database";

// The environment of the app under test, complete before any of its modules is imported.
const database = await cloneDatabase();

Object.assign(process.env, {
  DATABASE_URL: database.url,
  TEST_ADMIN_DATABASE_URL: database.adminUrl,
  BETTER_AUTH_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
  CRON_SECRET: "a-cron-secret-of-the-tests",
  APP_URL: "http://localhost:3000",
  STAFF_EMAILS: "staff@example.com",
  STRIPE_READS_PER_SECOND: "5000",
  SMTP_URL: "smtp://127.0.0.1:9",
  LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? "silent",
});

afterAll(() => database.drop());
