// `npm run test:security`: hostile requests over HTTP against the built app.
//   --seed 17       draws another ten thousand (a new one each time when absent)
//   --many 10000    how many are drawn
//   --part <name>   catalogue, by-hand or generated alone
//   --app <folder>  where the built app is; this folder when absent
import { parseArgs } from "node:util";
import { everyRoute } from "@/tests/support/every-route";
import { startTestStack } from "@/tests/support/stack";
import { authorityCases } from "./authority-cases";
import { byHand } from "./by-hand";
import { fuzzCase, judgeFuzz, randomFrom } from "./fuzz";
import { judge } from "./judge";
import { refusedCases } from "./refused-cases";
import { differences, rowsAndRequests } from "./rows-and-requests";
import { pairs, type Pair } from "./same-answer";
import { sender, type Response } from "./send";
import type { Case } from "./site";
import { siteOverHttp } from "./site-over-http";

const { values } = parseArgs({
  options: {
    seed: { type: "string" },
    many: { type: "string", default: "10000" },
    part: { type: "string", default: "all" },
    app: { type: "string", default: "." },
  },
});
const seed = Number(values.seed ?? 1 + (Date.now() % 1_000_000));
const started = performance.now();
process.env["TURNPIKE_TEST_APP"] ??= values.app;
process.env["TRUSTED_PROXY"] = "1";

const { shared, close } = await startTestStack();
const faults: string[] = [];
const statuses = new Map<number, number>();
try {
  await run();
} finally {
  await close();
}
const told = [...statuses]
  .toSorted(([a], [b]) => a - b)
  .map(([status, many]) => `${many} × ${status}`);
for (const fault of faults.slice(0, 100)) console.log(`  ${fault}`);
console.log(`answers: ${told.join(", ")}`);
console.log(
  `security: seed ${seed}, ${faults.length} faults, ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exit(faults.length === 0 ? 0 : 1);

async function run() {
  const { site, slug, people, system, close: end } = await siteOverHttp(shared);
  const http = sender(shared.appUrl);
  const look = () => rowsAndRequests({ people, system }, shared.emulatorUrl);

  if (wants("catalogue", "by-hand")) await catalogue();
  if (wants("generated")) await generated();
  http.close();
  await end();

  /** What is known by name, each with its own answer. */
  async function catalogue() {
    const isWhole = wants("catalogue");
    const authority = isWhole ? await authorityCases(site) : [];
    const refused = [
      ...authority.filter((one) => one.expect !== "let through"),
      ...(isWhole ? await refusedCases(site) : []),
      ...byHand(site, slug),
    ];
    const before = await look();
    await all(refused, (one) => ask(one, judge));
    const twins = await pairs(site, system);
    // One by one: two wishes of one workspace about one plan would wait for each other.
    await all(twins, same, 1);
    faults.push(...differences(before, await look()));
    const distinct = new Set(refused.map((one) => fingerprint(one)));
    console.log(
      `catalogue: ${distinct.size} distinct requests, each with its answer; ${twins.length} pairs of another's id and a missing one`,
    );
    // Those that are let through change what they may, so they come after what must change nothing.
    const letIn = authority.filter((one) => one.expect === "let through");
    await all(letIn, (one) => ask(one, judge), 1);
    console.log(`let through: ${letIn.length} more, as the roles say`);
  }

  /** What nobody has thought of: nothing of it may work, nor change anything. */
  async function generated() {
    const random = randomFrom(seed);
    const routes = (await everyRoute()).filter(
      ({ description }) => description?.input,
    );
    const drawn = Array.from({ length: Number(values.many) }, () =>
      fuzzCase(site, routes, random),
    );
    const before = await look();
    await all(drawn, (one) => ask(one, judgeFuzz));
    faults.push(...differences(before, await look()));
    console.log(`generated: ${drawn.length} requests from seed ${seed}`);
  }

  async function ask(
    one: Case,
    judgement: (one: Case, answer: Response) => string | null,
  ) {
    const answer = await settled(one);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    const fault = judgement(one, answer);
    if (fault) faults.push(`${one.name}: ${fault}`);
  }

  /** Next first leads what asks for a part of a page to the address that fits its headers. */
  async function settled(one: Case): Promise<Response> {
    const answer = await http.send(one);
    const to = String(answer.headers["location"] ?? "");
    const [path] = one.path.split("?");
    const isSame = to.startsWith(`${path}?`) && to.includes("_rsc");
    return isSame ? http.send({ ...one, path: to }) : answer;
  }

  async function same({ name, others, missing }: Pair) {
    const [one, two] = [await http.send(others), await http.send(missing)];
    if (shown(one) !== shown(two))
      faults.push(
        `${name}: another's is told from a missing one: ${shown(one).slice(0, 300)} and ${shown(two).slice(0, 300)}`,
      );
    // A list of what is another's is as empty as one of nothing.
    if (one.status < 400 && others.method !== "GET")
      faults.push(`${name}: answered ${one.status}`);
  }
}

function wants(...names: string[]): boolean {
  return values.part === "all" || names.includes(values.part);
}

/** All that tells one answer from another but its own number and time. */
function shown({ status, text, headers }: Response): string {
  const { date: _, "request-id": __, ...rest } = headers;
  return JSON.stringify([status, text.replace(/req_[\w-]+/, "req"), rest]);
}

function fingerprint({ method, path, headers, body }: Case): string {
  return JSON.stringify([method, path, headers, body?.toString()]);
}

/** So many at once, in no order. */
async function all<T>(
  list: readonly T[],
  work: (one: T) => Promise<void>,
  atOnce = 8,
) {
  let next = 0;
  const worker = async () => {
    for (let one = list[next++]; one !== undefined; one = list[next++])
      await work(one).catch((error: unknown) => {
        faults.push(`${JSON.stringify(one).slice(0, 200)}: ${String(error)}`);
      });
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
