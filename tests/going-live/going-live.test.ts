import { expect, test as base, type Page } from "@playwright/test";
import {
  buyPro,
  expectHeading,
  newPerson,
  openTab,
  signUp,
  verifyEmail,
} from "../e2e/acts";
import { documented, pageSettings } from "./page";
import { makeImage, type Image } from "./image";
import { makePlace, type Place } from "./place";
import type { Started } from "./processes";

let place: Place;
const test = base.extend<object, { made: Place }>({
  made: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads this pattern and insists on one
    async ({}, provide) => {
      place = await makePlace();
      await provide(place);
      await place.close();
    },
    { scope: "worker", auto: true, timeout: 120_000 },
  ],
  baseURL: async ({ made }, provide) => provide(made.appUrl),
});
test.describe.configure({ mode: "serial" });

const statusOf = (path: string) =>
  fetch(place.appUrl + path, { redirect: "manual" }).then(
    ({ status }) => status,
    () => 0,
  );

/** It answers, and healthily where everything is set. */
async function answers(server: Started, status = 200): Promise<Started> {
  const asked = expect.poll(() => statusOf("/api/health"), { timeout: 60_000 });
  await asked.toBe(status).catch((error: unknown) => {
    console.log(server.said());
    throw error;
  });
  return server;
}

/** What this page and its scripts have to say against what they got. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  return complaints;
}

async function expectPlan(page: Page) {
  await page.goto("/t");
  await openTab(page, "Billing");
  const plan = page.getByRole("region", { name: "Your plan" });
  await expect(plan).toContainText("$29.00");
}

test("it builds without any setting, and without dev/ and tests/", async () => {
  const said = await place.run("npm run build:deploy");
  expect(said).toContain("Nothing is migrated: DATABASE_URL is not set yet.");
});

test("with nothing set, every page says what is missing and how to get it", async ({
  page,
}) => {
  const server = await answers(place.start("npm run start"), 503);
  for (const path of ["/", "/pricing", "/sign-in", "/t", "/admin", "/docs"])
    expect([path, await statusOf(path)]).toEqual([path, 503]);
  await page.goto("/pricing");
  await expectHeading(page, "Almost there");
  for (const line of [
    'APP_URL="https://app.example.com"',
    'DATABASE_URL="postgres://user:password@host:5432/name"',
    "openssl rand -base64 32",
    'STRIPE_SECRET_KEY="sk_test_…"',
    "openssl rand -hex 24",
    'SMTP_URL="smtps://user:password@host:465"',
  ])
    await expect(page.getByText(line)).toBeVisible();
  expect(await statusOf("/api/subscriptions")).toBe(503);
  expect(server.said()).not.toMatch(/⨯|unhandled/i);
  await server.close();
});

test("its settings migrate the database and set Stripe up", async () => {
  const { env, appUrl, postgres, stripe, mail } = place;
  Object.assign(env, pageSettings(), {
    APP_URL: appUrl,
    DATABASE_URL: postgres.url,
    SMTP_URL: mail.smtpUrl,
    STRIPE_API_BASE: stripe.origin,
    STRIPE_WEBHOOK_ENDPOINT: `${appUrl}/api/webhooks/stripe`,
  });
  expect(await place.run("npm run db:migrate")).toMatch(/\d+ applied\./);
  const planned = await place.run("npm run stripe -- setup --dry-run");
  expect(planned).toContain("pro_monthly");
  const done = await place.run("npm run stripe -- setup");
  const [secret] = /whsec_\w+/.exec(done) ?? [];
  expect(secret).toBeDefined();
  env["STRIPE_WEBHOOK_SECRET"] = secret;
});

test("it sells a plan, and the doctor finds nothing wrong", async ({
  page,
}) => {
  const server = await answers(place.start("npm run start"));
  const complaints = complaintsOf(page);
  const staff = { ...newPerson(), email: place.env["STAFF_EMAILS"] ?? "" };
  await signUp(page, staff);
  await verifyEmail(page, place.mail.origin, staff.email);
  await buyPro(page);
  await expectPlan(page);
  expect(complaints).toEqual([]);

  const worker = place.start("npm run worker");
  expect(await place.run("npm run doctor")).toContain("All is well.");
  const said = await place.run("npm run doctor -- --live");
  expect(said).toMatch(/Stripe reached us in \d+\.\d s\./);
  expect(said).toContain("All is well.");
  await worker.close();
  expect(worker.said()).toContain("worker stopped");
  for (const command of documented())
    if (!place.ran.includes(command)) await place.run(command);
  expect(await place.run("npm run stripe -- money")).toContain("[]");
  await page.context().storageState({ path: stateFile() });
  await server.close();
});

test("what the Dockerfile puts into its images migrates, works and sells", async ({
  browser,
}) => {
  const { clone, folder } = place;
  const commands = makeImage("commands", clone, folder);
  const migrated = await place.run("npm run db:migrate", commands.folder);
  expect(migrated).toContain("The database is up to date.");
  const worker = startImage(commands);
  const app = await answers(startImage(makeImage("app", clone, folder)));

  const page = await browser.newPage({ baseURL: place.appUrl });
  const complaints = complaintsOf(page);
  for (const path of ["/", "/pricing", "/docs/going-live", "/sign-in"]) {
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 200]);
    const policy = answer?.headers()["content-security-policy"];
    expect(policy).toMatch(/script-src 'self' '(sha256|nonce)-/);
  }
  await signUp(page);
  await buyPro(page);
  await expectPlan(page);
  expect(complaints).toEqual([]);

  const staff = await browser.newContext({ storageState: stateFile() });
  const doctor = await staff.newPage();
  await doctor.goto(`${place.appUrl}/admin/doctor`);
  await expect(doctor.getByText("All is well")).toBeVisible();
  expect(await place.run("npm run doctor", commands.folder)).toContain(
    "All is well.",
  );
  await app.close();
  await worker.close();
  expect(app.said()).not.toMatch(/⨯|unhandled/i);
});

test("no command and no setting of the documentation was left out", () => {
  expect(place.ran).toEqual(expect.arrayContaining(documented()));
  expect(Object.keys(place.env)).toEqual(
    expect.arrayContaining(Object.keys(pageSettings())),
  );
});

const stateFile = () => `${place.folder}/staff.json`;

const startImage = ({ folder: cwd, env: more, command }: Image) =>
  place.start(command.join(" "), { cwd, more });
