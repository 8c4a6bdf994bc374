import { readdirSync, readFileSync } from "node:fs";

const call =
  /(?:stripe\(\)|\bconfigurations)\s*\.\s*([A-Za-z]+(?:\s*\.\s*[A-Za-z]+)*)\s*\(/g;
const reads = /\.?(list|retrieve|createPreview)[A-Z]?\w*$/;

/** Every place in lib that asks Stripe to change something, as "lib/billing/x.ts refunds.create". */
export function listStripeCallSites(): string[] {
  const sites = files().flatMap((file) => {
    const text = readFileSync(file, "utf8");
    return [...text.matchAll(call)]
      .map(([, operation = ""]) => operation.replaceAll(/\s/g, ""))
      .filter((operation) => !reads.test(operation))
      .map((operation) => `${file} ${operation}`);
  });
  return [...new Set(sites)].toSorted();
}

/** Where the client is taken apart, or handed on, instead of being called: there a call would hide. */
export function listHiddenClients(): string[] {
  return files().filter((file) =>
    /stripe\(\)(?!\s*(\.\s*\w+\s*)*\.\s*\w+\s*\()/.test(
      readFileSync(file, "utf8").replaceAll("function stripe()", ""),
    ),
  );
}

function files(): string[] {
  return readdirSync("lib", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `lib/${name.replaceAll("\\", "/")}`);
}
