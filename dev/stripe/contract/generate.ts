import fs from "node:fs";
import path from "node:path";
import { createDefiner, textOf } from "./define";
import { readOperations, type Declared } from "./read-operations";
import { readTypes } from "./read-types";
import {
  renamed,
  type ContractOperation,
  type Definition,
  type Type,
} from "./shape";

/** Families the emulator builds something of; of all others only names and addresses are kept. */
const FAMILIES =
  /^\/v1\/(account$|balance$|balance_transactions|billing_portal|charges|checkout|coupons|credit_notes|customers(?!.*\/(bank_accounts|cards|cash_balance|funding|sources))|disputes|events|invoice_payments|invoiceitems|invoices|payment_intents|payment_method_configurations|payment_methods|prices|products|promotion_codes|radar\/early_fraud_warnings|refunds|setup_intents|subscription_items|subscription_schedules|subscriptions|tax_ids|test_helpers\/test_clocks|webhook_endpoints)/;

/** Objects without operations of their own that those above contain. */
const PARTS =
  /(CustomerBalanceTransactions|Discounts|LineItems|Plans|TaxRates)\.d\.ts$/;

const HERE = path.resolve("dev/stripe/contract");
const DOCUMENT = path.resolve("docs/emulator.md");

/** The generated files by name, as the installed `stripe` package makes them. */
export function contractFiles(): Map<string, string> {
  const types = readTypes(path.resolve("node_modules/stripe/cjs"));
  const declared = readOperations(types);
  const built = declared.filter(
    ({ path: at }) => FAMILIES.test(at) && !at.endsWith("/search"),
  );
  const files = new Set(built.map(({ resource }) => resource.file));
  const { definitions, convert } = createDefiner(
    types,
    (file) => files.has(file) || PARTS.test(file),
  );
  const written = declared.map((one): ContractOperation => {
    const { name, verb, path: at } = one;
    if (!built.includes(one)) return { name, verb, path: at };
    const params = one.params && convert(one.params, one.resource);
    const answer = one.answer && convert(one.answer, one.resource);
    return {
      name,
      verb,
      path: at,
      ...(typeof params === "string" && { params }),
      ...(answer !== undefined && { answer }),
    };
  });
  const { operations, shapes } = merged(written, definitions);
  return new Map([
    [
      "operations.json",
      lines(
        "[",
        operations.map((one) => JSON.stringify(one)),
        "]",
      ),
    ],
    [
      "shapes.json",
      lines(
        "{",
        [...shapes].map(
          ([name, shape]) => `${JSON.stringify(name)}:${JSON.stringify(shape)}`,
        ),
        "}",
      ),
    ],
    ["sdk-params.ts", paramTypes(built)],
  ]);
}

/** Definitions that say the same become one, again and again until none do. */
function merged(
  operations: ContractOperation[],
  definitions: Map<string, Definition>,
) {
  let shapes = definitions;
  const names = new Map<string, string>();
  for (;;) {
    const first = new Map<string, string>();
    const twins = new Map<string, string>();
    for (const [name, shape] of shapes) {
      const text = JSON.stringify(shape);
      const same = first.get(text);
      if (same) twins.set(name, same);
      else first.set(text, name);
    }
    if (twins.size === 0) break;
    for (const [name, same] of twins) names.set(name, same);
    const rename = (type: Type) => renamed(type, twins);
    shapes = new Map(
      [...shapes]
        .filter(([name]) => !twins.has(name))
        .map(([name, shape]) => [
          name,
          Object.fromEntries(
            Object.entries(shape).map(([field, type]) => [field, rename(type)]),
          ),
        ]),
    );
    operations = operations.map((one) => ({
      ...one,
      ...(one.params && { params: twins.get(one.params) ?? one.params }),
      ...(one.answer && { answer: rename(one.answer) }),
    }));
  }
  return { operations, shapes };
}

function lines(open: string, each: string[], close: string): string {
  return `${open}\n${each.join(",\n")}\n${close}\n`;
}

/** The SDK's type of each operation's parameters, so that handlers are typed by it. */
function paramTypes(operations: Declared[]): string {
  const rows = operations.map(({ name, params }) => {
    const type =
      params?.type === "TSTypeReference" ? textOf(params.typeName) : undefined;
    return `  "${name}": ${type ? `Stripe.${type}` : "object"};`;
  });
  return `import type { Stripe } from "stripe";\n\n/** Generated: npm run contract:generate. */\nexport type SdkParams = {\n${rows.join("\n")}\n};\n`;
}

/** docs/emulator.md with its table of coverage made anew; the text around it is written by hand. */
export async function documentWithCoverage(): Promise<string> {
  // The routes read the generated files, so they are looked at once those are written.
  const { coverageTable } = await import("./coverage");
  const text = fs.readFileSync(DOCUMENT, "utf8");
  const [before = "", rest = ""] = text.split(/(?<=<!-- generated: .* -->\n)/);
  const after = rest.slice(rest.indexOf("<!-- end -->"));
  const { format } = await import("prettier");
  const whole = `${before}\n${coverageTable()}\n\n${after}`;
  return format(whole, { parser: "markdown" });
}

if (process.argv[1] === path.join(HERE, "generate.ts")) {
  for (const [name, text] of contractFiles())
    fs.writeFileSync(path.join(HERE, name), text);
  void documentWithCoverage().then((text) => fs.writeFileSync(DOCUMENT, text));
}
