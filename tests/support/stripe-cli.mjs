// Stands in for `stripe listen`: tells a secret as the CLI does, then forwards one event that it signs with it.
import { createHmac } from "node:crypto";

const [, , command, ...flags] = process.argv;
const [flag, url] = flags.slice(-2);
// The real one ends likewise where it is not told which events.
if (command !== "listen" || !flags.includes("--all-snapshot")) process.exit(2);
if (flag !== "--forward-to") process.exit(2);
if (process.env.STRIPE_API_KEY === "sk_test_unknown1") {
  console.error("FATAL Invalid API Key provided");
  process.exit(1);
}
const secret = "whsec_the0stand1in2of3the4stripe5cli";
console.error(
  `> Ready! You are using Stripe API Version [2026-01-01]. Your webhook signing secret is ${secret} (^C to quit)`,
);

const body = JSON.stringify({ id: "evt_forwarded", object: "event" });
const t = Math.floor(Date.now() / 1000);
const v1 = createHmac("sha256", secret).update(`${t}.${body}`).digest("hex");
const headers = { "stripe-signature": `t=${t},v1=${v1}` };
await fetch(url, { method: "POST", body, headers }).catch(() => {});
if (process.env.STRIPE_API_KEY === "sk_test_shortlived") process.exit(1);
setInterval(() => {}, 60_000); // until it is ended
