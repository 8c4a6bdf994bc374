import fs from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import {
  complaintsOf,
  complaintsOfObject,
} from "../../dev/stripe/contract/check-answer";
import {
  contractFiles,
  documentWithCoverage,
} from "../../dev/stripe/contract/generate";
import { fieldsOf, operations } from "../../dev/stripe/contract/load";
import type { Type } from "../../dev/stripe/contract/shape";
import { OPERATIONS } from "../../dev/stripe/routes";
import { emulate } from "./support";

test("the contract in the repository is what the installed stripe package says", () => {
  for (const [name, text] of contractFiles()) {
    const file = path.resolve("dev/stripe/contract", name);
    // Not toEqual: the difference of two such files helps nobody.
    expect(fs.readFileSync(file, "utf8") === text, `${name} is stale`).toBe(
      true,
    );
  }
});

test("docs/emulator.md tells what is built today", async () => {
  const written = fs.readFileSync(path.resolve("docs/emulator.md"), "utf8");
  const stale = "stale: npm run contract:generate";
  expect(written === (await documentWithCoverage()), stale).toBe(true);
});

test("every built operation and every built parameter exists at Stripe", () => {
  const known = new Map(
    operations.map((one) => [`${one.verb} ${one.path}`, one]),
  );
  for (const { method, path: at, built = "" } of OPERATIONS) {
    const found = known.get(`${method} ${at}`);
    expect(found?.answer, `${method} ${at}`).toBeDefined();
    for (const entry of built.split(/\s+/).filter(Boolean)) {
      const [name = ""] = entry.split("=");
      const steps = name.replaceAll("[]", ".[]").split(".");
      expect(reach(found?.params ?? "", steps), `${at}: ${name}`).toBe(true);
    }
  }
});

test("an answer is refused for a missing, an unknown and an ill-typed field", async () => {
  const { stripe } = await emulate();
  const { lastResponse: _, ...customer } = await stripe.customers.create();
  expect(complaintsOfObject(customer)).toEqual([]);
  const { email: _email, ...without } = customer;
  expect(complaintsOfObject(without)).toEqual(["customer.email is missing"]);
  expect(complaintsOfObject({ ...customer, shoe_size: 42 })).toEqual([
    "customer.shoe_size is unknown",
  ]);
  expect(complaintsOfObject({ ...customer, balance: "0" })).toEqual([
    'customer.balance is not integer: "0"',
  ]);
  expect(complaintsOf({ page: "Customer" }, [customer])).toHaveLength(1);
});

test("a parameter that exists at Stripe and is not built is refused by name", async () => {
  const { stripe } = await emulate();
  await expect(
    stripe.webhookEndpoints.create({
      url: "http://shop.test/hook",
      enabled_events: ["*"],
      connect: true,
    }),
  ).rejects.toMatchObject({
    statusCode: 501,
    message: "The Stripe emulator does not support connect=true yet.",
  });
});

/** Whether a parameter path leads somewhere through the shapes. */
function reach(type: Type, steps: string[]): boolean {
  const [step, ...rest] = steps;
  if (step === undefined) return true;
  if (typeof type === "object" && "either" in type)
    return type.either.some((one) => reach(one, steps));
  if (typeof type === "object" && "list" in type)
    return step === "[]" && reach(type.list, rest);
  if (typeof type === "object" && "map" in type) return true;
  const fields = fieldsOf(type) ?? {};
  const field = fields[step] ?? fields[`${step}?`];
  return field !== undefined && reach(field, rest);
}
