import "@/lib/platform/settings-files";
import { parseArgs } from "node:util";
import { checks, lastResort } from "@/lib/doctor/checks";
import { examine, type Examined } from "@/lib/doctor/examine";
import { liveCheck } from "@/lib/doctor/live";

const usage = `npm run doctor [-- --live]

  Looks at everything that going live needs: database, keys, prices, addresses, what runs. Changes nothing.
  --live   also makes a customer at Stripe, waits for its webhook, and deletes it
  Ends with 0 when all is well, with 1 otherwise.`;

const marks = { good: "✓", wrong: "✗", unseen: "·" } as const;

function say({ name, state, found, fix }: Examined): void {
  console.log(`${marks[state]} ${name.padEnd(20)} ${found}`);
  for (const line of fix) console.log(`${" ".repeat(23)}${line}`);
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { live: { type: "boolean" }, help: { type: "boolean" } },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const wanted = values.live ? [...checks, liveCheck()] : checks;
  const examined = await examine(wanted, say);
  const wrong = examined.filter(({ state }) => state === "wrong");
  console.log("");
  if (wrong.length === 0) {
    console.log("All is well.");
    if (!values.live)
      console.log(
        "Only a webhook proves its secret: npm run doctor -- --live makes Stripe send one.",
      );
    return 0;
  }
  console.log(`Put “${wrong[0]?.name}” right first, then run this again.`);
  console.log("If it still fails, look in this order:");
  for (const [index, line] of lastResort.entries())
    console.log(`  ${index + 1}. ${line}`);
  return 1;
}

process.exit(await main());
