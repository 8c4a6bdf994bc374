import { execFile, spawn } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { choosePort } from "../../dev/ports";
import { startMailSink } from "../../dev/mail";
import { startPostgres } from "../../dev/postgres";
import { startEmulator } from "../../dev/stripe/server";
import { linkTree } from "../support/build-alone.mjs";
import { expect, test } from "../support/browser";
import { cookiesOf } from "../support/cookies";
import { payHostedPage } from "../support/hosted-page";

const run = promisify(execFile);

test("a fresh clone follows docs/going-live.md, sells a plan and passes the doctor", async () => {
  test.setTimeout(900_000);
  const folder = await mkdtemp(join(tmpdir(), "turnpike-live-"));
  await chmod(folder, 0o711); // as root, Postgres runs as another user
  const opened: { close(): unknown }[] = [];
  try {
    await goLive(folder, opened);
  } finally {
    for (const one of opened.toReversed()) await one.close();
    await rm(folder, { recursive: true, force: true });
  }
});

async function goLive(folder: string, opened: { close(): unknown }[]) {
  const clone = join(folder, "clone");
  await run("git", ["clone", "--quiet", ".", clone]);
  // As .dockerignore leaves them out.
  for (const gone of [
    "dev",
    "tests",
    "playwright.config.ts",
    "vitest.config.ts",
  ])
    await rm(join(clone, gone), { recursive: true });
  linkTree("node_modules", join(clone, "node_modules")); // as npm ci would leave them

  const postgres = await startPostgres({ dataDir: folder, fsync: false });
  opened.push(postgres);
  const emulator = await startEmulator({
    port: await choosePort(0),
    dataDir: join(folder, "stripe"),
  });
  opened.push(emulator);
  const mail = await startMailSink({ dataDir: folder });
  opened.push(mail);
  const port = await choosePort(0);
  const appUrl = `http://localhost:${port}`;
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    APP_URL: appUrl,
    DATABASE_URL: postgres.url,
    BETTER_AUTH_SECRET: "at-least-32-characters-of-openssl-rand",
    CRON_SECRET: "at-least-16-characters",
    STAFF_EMAILS: "you@example.com",
    SMTP_URL: mail.smtpUrl,
    STRIPE_API_BASE: emulator.origin,
    STRIPE_SECRET_KEY: "sk_test_12345678",
    STRIPE_PUBLISHABLE_KEY: "pk_test_12345678",
    STRIPE_WEBHOOK_ENDPOINT: `${appUrl}/api/webhooks/stripe`,
    LOG_LEVEL: "error",
  };
  const npm = (...args: string[]) => run("npm", args, { cwd: clone, env });

  await test.step("the build migrates", async () => {
    const { stdout } = await npm("run", "build:deploy");
    expect(stdout).toMatch(/\d+ applied\./);
  });

  await test.step("setup makes everything at Stripe and prints the secret", async () => {
    const { stdout } = await npm("run", "stripe", "--", "setup");
    const [secret = ""] = /whsec_\w+/.exec(stdout) ?? [];
    expect(secret).not.toBe("");
    env["STRIPE_WEBHOOK_SECRET"] = secret;
  });

  await test.step("it starts", async () => {
    const next = join(clone, "node_modules/next/dist/bin/next");
    const argv = [next, "start", "-p", String(port)];
    const child = spawn(process.execPath, argv, { cwd: clone, env });
    opened.push({ close: () => child.kill() });
    const health = () =>
      fetch(`${appUrl}/api/health`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(health, { timeout: 60_000 }).toBe(200);
  });

  await test.step("somebody signs up and buys", async () => {
    const post = (path: string, body: object, cookie = "") =>
      fetch(appUrl + path, {
        method: "POST",
        headers: { "content-type": "application/json", origin: appUrl, cookie },
        body: JSON.stringify(body),
      });
    const person = {
      name: "Ada",
      email: "you@example.com",
      password: "correct horse battery",
    };
    const cookie = cookiesOf(await post("/api/sign-up", person));
    const checkout = await post(
      "/api/checkout",
      { priceId: "pro_monthly" },
      cookie,
    );
    expect(checkout.status).toBe(200);
    const { url } = (await checkout.json()) as { url: string };
    await payHostedPage(url);
    const plan = async () => {
      const home = await fetch(`${appUrl}/t`, { headers: { cookie } });
      const billing = await fetch(`${home.url}/billing`, {
        headers: { cookie },
      });
      return billing.text();
    };
    await expect.poll(plan, { timeout: 30_000 }).toContain("$29.00");
  });

  await test.step("the doctor finds nothing wrong, and Stripe reaches it", async () => {
    const { stdout } = await npm("run", "doctor", "--", "--live");
    expect(stdout).toMatch(/Stripe reached us in \d+\.\d s\./);
    expect(stdout).toContain("All is well.");
  });
}
