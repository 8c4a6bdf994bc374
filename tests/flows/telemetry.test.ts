import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { reportPage } from "@/lib/admin/report-page";
import { raiseAlarm } from "@/lib/platform/alarm";
import { systemDb } from "@/lib/platform/db";
import { toAppError } from "@/lib/platform/problem";
import { stripe } from "@/lib/platform/stripe";
import { startTelemetry } from "@/lib/platform/telemetry";
import { startWorld, type World } from "@/tests/support/world";

const posted: { url: string; body: string }[] = [];
const collector = http.createServer((request, response) => {
  let body = "";
  request.on("data", (chunk: Buffer) => (body += chunk.toString()));
  request.on("end", () => {
    posted.push({ url: request.url ?? "", body });
    if (request.url === "/moved") response.setHeader("location", "/elsewhere");
    const status = request.url === "/moved" ? 307 : 200;
    response
      .writeHead(status, { "content-type": "application/json" })
      .end("{}");
  });
});
await new Promise<void>((resolve) =>
  collector.listen(0, "127.0.0.1", () => resolve()),
);
const { port } = collector.address() as AddressInfo;
process.env.OTEL_EXPORTER_OTLP_ENDPOINT = `http://127.0.0.1:${port}`;
process.env.ALERT_WEBHOOK_URL = `http://127.0.0.1:${port}/moved`;
process.env.ERROR_WEBHOOK_URL = `http://127.0.0.1:${port}/errors`;

let world: World;
let flush: (() => Promise<void>) | null;
beforeAll(async () => {
  world = await startWorld();
  flush = await startTelemetry();
});
afterAll(async () => {
  await world.close();
  collector.close();
  collector.closeAllConnections();
});

const said = (url: string) =>
  posted.filter((one) => one.url === url).map(({ body }) => body);

it("a trace tells of the database and of Stripe, by reason, path and status, and of no query", async () => {
  await systemDb("for this trace", (tx) => tx.$queryRaw`SELECT 1`);
  await stripe().customers.list({ email: "nobody-else@example.com" });
  await stripe()
    .customers.retrieve("cus_nobody")
    .catch(() => null);
  await flush?.();
  const traces = said("/v1/traces").join();
  expect(traces).toContain("for this trace");
  expect(traces).toContain("stripe GET");
  expect(traces).toContain('"/v1/customers/cus_nobody"');
  expect(traces).toMatch(
    /"http.response.status_code","value":\{"intValue":404/,
  );
  expect(traces).not.toContain("nobody-else");
});

it("a trace tells how long a webhook waited, which attempt it was and what came of it", async () => {
  await world.buy(await world.person(), "pro_monthly");
  await flush?.();
  const traces = said("/v1/traces").join();
  expect(traces).toContain("store webhook");
  expect(traces).toContain("work on webhook");
  expect(traces).toContain('"checkout.session.completed"');
  expect(traces).toMatch(/"event.outcome","value":\{"stringValue":"done"/);
  expect(traces).toMatch(/"event.waited_ms","value":\{"intValue":\d/);
  expect(traces).toMatch(/"event.attempt","value":\{"intValue":1/);
});

it("a trace of the cron tells what was waiting when it began, and for how long", async () => {
  await world.buy(await world.person(), "pro_monthly");
  await world.rows(
    `UPDATE stripe_event SET state = 'pending', finished_at = NULL, next_try_at = now() - interval '90 seconds'
     WHERE type = 'checkout.session.completed'`,
  );
  const [waiting] = await world.rows<{ count: number }>(
    "SELECT count(*)::int FROM stripe_event WHERE finished_at IS NULL",
  );
  await world.cron();
  await flush?.();
  const [drain] = said("/v1/traces").filter((one) =>
    one.includes("backlog.events"),
  );
  expect(drain).toContain(
    `"backlog.events","value":{"intValue":${waiting?.count}`,
  );
  expect(drain).toMatch(
    /"backlog.oldest_due_seconds","value":\{"intValue":9\d/,
  );
});

it("an error that nobody foresaw is reported by its request id, without anybody’s values; a foreseen one is not", async () => {
  toAppError(new TypeError("ada@example.com is no number"), "req_unforeseen");
  reportPage(Object.assign(new Error("x"), { digest: "4711" }), {
    routePath: "/t/[tenant]/billing",
    method: "GET",
  });
  await expect.poll(() => said("/errors")).toHaveLength(2);
  const errors = said("/errors").join();
  expect(errors).toContain("req_unforeseen");
  expect(errors).toContain("TypeError");
  expect(errors).toContain("4711");
  expect(errors).toContain("GET /t/[tenant]/billing");
  expect(errors).not.toContain("ada@example.com");
});

it("an alarm goes where it is sent, and nowhere on from there", async () => {
  await raiseAlarm("orphan", "cus_moved");
  expect(said("/moved").join()).toContain("cus_moved");
  expect(said("/elsewhere")).toEqual([]);
});
