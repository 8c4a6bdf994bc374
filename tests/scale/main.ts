// `npm run scale`: what every page and every claim costs at 1,000,000 events and 100,000 workspaces beside a nearly
// empty database, and whether several instances behind PgBouncer do anything twice. Never part of a test: the machine
// decides. Fails where something costs more than a quarter more, goes through a whole table, or happens twice.
//   --tenants 100000 --events 1000000   how full
//   --rounds 5        medians of so many
//   --instances 2,4   how many, one run after the other
//   --only cost       or instances
//   --app <folder>    where the built app is; it is built when absent
import { parseArgs } from "node:util";
import { measureCost } from "./cost";
import { runInstances } from "./instances";
import { provideApp } from "./provide-app";

const { values } = parseArgs({
  options: {
    tenants: { type: "string", default: "100000" },
    events: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    instances: { type: "string", default: "2,4" },
    only: { type: "string" },
    app: { type: "string" },
  },
});
const say = (line: string) => console.log(line);
const began = performance.now();
const app = await provideApp(values.app);
const wrong: string[] = [];
try {
  if (values.only !== "cost")
    for (const instances of values.instances.split(",").map(Number))
      wrong.push(
        ...(await runInstances({
          appDir: app.folder,
          instances,
          people: 12,
          acts: 8,
          say,
        })),
      );
  if (values.only !== "instances")
    wrong.push(
      ...(await measureCost({
        appDir: app.folder,
        size: {
          tenants: Number(values.tenants),
          events: Number(values.events),
        },
        rounds: Number(values.rounds),
        say,
      })),
    );
} finally {
  await app.close();
}
for (const line of wrong) say(`✗ ${line}`);
say(
  `${wrong.length === 0 ? "✓" : "✗"} ${wrong.length} beyond what is promised, ${((performance.now() - began) / 1000).toFixed(0)} s`,
);
process.exit(wrong.length > 0 ? 1 : 0);
