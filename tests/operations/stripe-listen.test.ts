import http from "node:http";
import type { AddressInfo } from "node:net";
import Stripe from "stripe";
import { afterEach, expect, test } from "vitest";
import { startListening, wantsForwarding } from "@/dev/stripe-listen";

const command = [process.execPath, "tests/support/stripe-cli.mjs"];
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

/** What the CLI posts, as the app would get it. */
async function startReceiver() {
  const posted: { body: string; signature: string }[] = [];
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const signature = String(request.headers["stripe-signature"]);
      posted.push({ body, signature });
      response.end();
    });
  });
  await new Promise<void>((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve()),
  );
  opened.push(server);
  const { port } = server.address() as AddressInfo;
  return { posted, url: `http://127.0.0.1:${port}/api/webhooks/stripe` };
}

test("a test key of one’s own starts the CLI, and its secret verifies what it forwards", async () => {
  const { posted, url } = await startReceiver();
  const listening = await startListening({
    command,
    key: "sk_test_12345678",
    forwardTo: url,
    onLost: () => {},
  });
  opened.push(listening);
  await expect.poll(() => posted).toHaveLength(1);
  const event = Stripe.webhooks.constructEvent(
    posted[0]?.body ?? "",
    posted[0]?.signature ?? "",
    listening.secret,
  );
  expect(event.id).toBe("evt_forwarded");
});

test("it is told when the CLI ends, but not when it is ended", async () => {
  let lost = 0;
  const listening = await startListening({
    command,
    key: "sk_test_12345678",
    forwardTo: "http://127.0.0.1:9/",
    onLost: () => (lost += 1),
  });
  await listening.close();
  expect(lost).toBe(0);

  await startListening({
    command,
    key: "sk_test_shortlived",
    forwardTo: "http://127.0.0.1:9/",
    onLost: () => (lost += 1),
  });
  await expect.poll(() => lost).toBe(1);
});

test("a key that Stripe does not know stops the start, with the CLI’s words and what to do", async () => {
  const start = startListening({
    command,
    key: "sk_test_unknown1",
    forwardTo: "http://127.0.0.1:9/",
    onLost: () => {},
  });
  await expect(start).rejects.toMatchObject({
    message: expect.stringMatching(
      /ended with code 1\. Set STRIPE_WEBHOOK/,
    ) as string,
    cause: "FATAL Invalid API Key provided",
  });
});

test("a CLI that is not there is said to be so", async () => {
  const start = startListening({
    command: ["/nowhere/stripe"],
    key: "sk_test_12345678",
    forwardTo: "http://127.0.0.1:9/",
    onLost: () => {},
  });
  await expect(start).rejects.toThrow(/cannot be run/);
});

test.each([
  ["a test key alone", { STRIPE_SECRET_KEY: "sk_test_12345678" }, true],
  ["no key: the emulator", {}, false],
  ["a live key", { STRIPE_SECRET_KEY: "sk_live_12345678" }, false],
  [
    "a secret of one’s own",
    { STRIPE_SECRET_KEY: "sk_test_12345678", STRIPE_WEBHOOK_SECRET: "whsec_x" },
    false,
  ],
  [
    "another host",
    { STRIPE_SECRET_KEY: "sk_test_12345678", STRIPE_API_BASE: "http://x" },
    false,
  ],
])("%s decides whether webhooks are forwarded", (_, env, wanted) => {
  expect(wantsForwarding({ NODE_ENV: "development", ...env })).toBe(wanted);
});
