import fs from "node:fs";
import path from "node:path";
import type { ESTree } from "vite";
import type { Found, Types } from "./read-types";
import type { ContractOperation } from "./shape";

export type Declared = Pick<ContractOperation, "name" | "path" | "verb"> & {
  resource: Found;
  params: ESTree.TSType | undefined;
  answer: ESTree.TSType | undefined;
};

const CALL = /_makeRequest\('(DELETE|GET|POST)', (?:`([^`]*)`|'([^']*)')/;

/** Every operation of the SDK: addresses from its code, types from its declarations. */
export function readOperations(types: Types): Declared[] {
  return types.files.flatMap((file) => {
    const calls = callsOf(file.replace(/\.d\.ts$/, ".js"));
    const service = serviceOf(file);
    return types.in(file).flatMap((resource) => {
      if (resource.node.type !== "ClassDeclaration") return [];
      const methods = new Map<string, Declared>();
      for (const member of resource.node.body.body) {
        if (
          member.type !== "TSAbstractMethodDefinition" &&
          member.type !== "MethodDefinition"
        )
          continue;
        if (member.key.type !== "Identifier") continue;
        const call = calls.get(`${resource.path.join(".")}.${member.key.name}`);
        const params = paramsOf(member.value);
        // Of two signatures the one with parameters counts.
        if (!call || (methods.has(member.key.name) && !params)) continue;
        methods.set(member.key.name, {
          name: `${service}.${member.key.name}`,
          ...call,
          resource,
          params,
          answer: member.value.returnType?.typeAnnotation,
        });
      }
      return [...methods.values()];
    });
  });
}

function callsOf(file: string): Map<string, Pick<Declared, "path" | "verb">> {
  const calls = new Map<string, Pick<Declared, "path" | "verb">>();
  let [owner, method] = ["", ""];
  for (const line of fs.readFileSync(file, "utf8").split("\n")) {
    owner = /^class (\w+)/.exec(line)?.[1] ?? owner;
    method = /^ {4}(?:async )?\*?(\w+)\([^)]*\) \{$/.exec(line)?.[1] ?? method;
    const [, verb, template, text] = CALL.exec(line) ?? [];
    const address = (template ?? text)?.replaceAll(/\$\{[^}]*\}/g, ":id");
    const name = `${owner}.${method}`;
    // Without an id `accounts.retrieve` calls what `retrieveCurrent` does: the first address is its own.
    if (!address || calls.has(name)) continue;
    if (verb === "DELETE" || verb === "GET" || verb === "POST")
      calls.set(name, { verb, path: address });
  }
  return calls;
}

function paramsOf(method: ESTree.Function): ESTree.TSType | undefined {
  for (const param of method.params) {
    if (param.type === "Identifier" && param.name === "params")
      return param.typeAnnotation?.typeAnnotation;
  }
  return undefined;
}

/** `checkout.sessions`, as a caller of the SDK writes it. */
function serviceOf(file: string): string {
  const [, within = ""] = file.split("/resources/");
  return within
    .replace(/\.d\.ts$/, "")
    .split(path.sep)
    .map((part) => part.charAt(0).toLowerCase() + part.slice(1))
    .join(".");
}
