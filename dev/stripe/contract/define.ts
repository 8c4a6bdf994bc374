import path from "node:path";
import type { ESTree } from "vite";
import type { Found, Types } from "./read-types";
import { renamed, type Definition, type Type } from "./shape";

type At = { file: string; path: string[] };
/** The order Stripe's message lists them in, where it was recorded. */
const RECORDED_ORDER: Record<string, string[]> = {
  "exempt,none,reverse": ["none", "reverse", "exempt"],
};
/** Where Stripe takes an empty value to unset something although the types do not say so. */
const UNSETTABLE: Record<string, string[]> = {
  AddressParam: ["city", "country", "line1", "line2", "postal_code", "state"],
  CustomerCreateParams: ["description", "email", "name", "phone"],
  CustomerUpdateParams: ["description", "email", "name", "phone"],
  PriceUpdateParams: ["lookup_key", "nickname"],
};
const KEYWORDS: Partial<Record<ESTree.TSType["type"], Type>> = {
  TSBooleanKeyword: "boolean",
  TSNullKeyword: "null",
  TSNumberKeyword: "integer",
  TSStringKeyword: "string",
};
/** A union of 250 events, whose objects are looked up by their own name instead. */
const REPLACED: Record<string, string> = { Event: "EventBase" };

/** Turns declarations into definitions, each once; `known` says which files' objects may be expanded. */
export function createDefiner(types: Types, known: (file: string) => boolean) {
  const definitions = new Map<string, Definition>();
  /** Two different declarations of one name would silently become one. */
  const owners = new Map<string, ESTree.Node>();

  function named(name: string, at: At): Type {
    if (name === "Decimal") return "decimal";
    // What an event is about: checked by the kind it says it is, not here.
    if (at.path.join(".") === "Event.Data") return "any";
    const found = types.resolve(REPLACED[name] ?? name, at);
    if (isStranger(found)) return "any";
    if (found.node.type === "TSTypeAliasDeclaration")
      return convert(found.node.typeAnnotation, found);
    if (isMap(found.node)) {
      const [index] = found.node.body.body;
      if (index?.type === "TSIndexSignature")
        return { map: convert(index.typeAnnotation.typeAnnotation, found) };
    }
    return define(found);
  }

  function define(found: Found): string {
    const name = titleOf(found);
    const owner = owners.get(name);
    if (owner && owner !== found.node) throw new Error(`two types ${name}`);
    if (owner) return name;
    owners.set(name, found.node);
    definitions.set(name, fieldsOf(found));
    return name;
  }

  function fieldsOf(found: Found): Definition {
    const { node } = found;
    if (node.type !== "TSInterfaceDeclaration") return {};
    const fields: Definition = {};
    for (const base of node.extends) {
      const parent = types.resolve(textOf(base.expression), found);
      Object.assign(fields, fieldsOf(parent));
    }
    const inside = { file: found.file, path: found.path };
    for (const member of node.body.body) {
      if (member.type !== "TSPropertySignature" || !member.typeAnnotation)
        continue;
      const type = member.typeAnnotation.typeAnnotation;
      if (type.type === "TSVoidKeyword") continue;
      const key =
        member.key.type === "Literal"
          ? String(member.key.value)
          : textOf(member.key);
      const told = convert(type, inside);
      const is = UNSETTABLE[found.path.join(".")]?.includes(key)
        ? either(["null", told])
        : told;
      // A child's declaration replaces its parent's, required or not.
      delete fields[key];
      delete fields[`${key}?`];
      fields[member.optional ? `${key}?` : key] = /percent/.test(key)
        ? renamed(is, new Map([["integer", "number"]]))
        : is;
    }
    return fields;
  }

  function convert(node: ESTree.TSType, at: At): Type {
    const keyword = KEYWORDS[node.type];
    if (keyword) return keyword;
    if (node.type === "TSLiteralType") return literal(node);
    if (node.type === "TSArrayType")
      return { list: convert(node.elementType, at) };
    if (node.type === "TSUnionType") return union(node.types, at);
    if (node.type === "TSTypeReference") return reference(node, at);
    const [index] = node.type === "TSTypeLiteral" ? node.members : [];
    return index?.type === "TSIndexSignature"
      ? { map: convert(index.typeAnnotation.typeAnnotation, at) }
      : "any";
  }

  function reference(node: ESTree.TSTypeReference, at: At): Type {
    const name = textOf(node.typeName);
    const [argument] = node.typeArguments?.params ?? [];
    if (argument === undefined) {
      // Only what the pinned version knows is taken and sent.
      if (name === "OtherString") return { one: [] };
      return named(name, at);
    }
    if (name === "Array") return { list: convert(argument, at) };
    if (name === "ApiList" || name === "ApiListPromise")
      return { page: convert(argument, at) };
    if (name === "Emptyable") return either(["null", convert(argument, at)]);
    if (name === "Promise" || name === "Response") return convert(argument, at);
    return "any";
  }

  function union(members: ESTree.TSType[], at: At): Type {
    const choice = members.map((member) => convert(member, at));
    // What no operation answers with is never expanded either: its id is all there is.
    return either(choice.includes("string") ? withoutAny(choice) : choice);
  }

  /** An object of its own kind that no operation built here answers with. */
  function isStranger({ file, path: within, node }: Found): boolean {
    return (
      within.length === 1 &&
      node.type === "TSInterfaceDeclaration" &&
      node.body.body.some(
        (member) =>
          member.type === "TSPropertySignature" &&
          textOf(member.key) === "object",
      ) &&
      !known(file)
    );
  }

  return { definitions, convert };
}

function withoutAny(choice: Type[]): Type[] {
  return choice
    .flatMap((type) =>
      typeof type === "object" && "either" in type ? type.either : [type],
    )
    .filter((type) => type !== "any");
}

/** One type of several: literals gather into one enumeration, nested choices are flattened. */
function either(members: Type[]): Type {
  const flat = members.flatMap((type) =>
    typeof type === "object" && "either" in type ? type.either : [type],
  );
  const words = flat.flatMap((type) =>
    typeof type === "object" && "one" in type ? type.one : [],
  );
  const rest = [
    ...new Set(
      flat.filter((type) => typeof type === "string" || !("one" in type)),
    ),
  ];
  const one = words.filter((word) => word !== "");
  if (one.length > 0 && !rest.includes("string")) {
    const ordered = RECORDED_ORDER[one.toSorted().join()] ?? one;
    rest.push({ one: ordered });
  }
  const [only] = rest;
  return rest.length === 1 && only !== undefined ? only : { either: rest };
}

function literal({ literal: node }: ESTree.TSLiteralType): Type {
  if (node.type !== "Literal") return "any";
  return typeof node.value === "string"
    ? { one: [node.value] }
    : String(node.value);
}

function isMap(node: ESTree.Node): node is ESTree.TSInterfaceDeclaration {
  return (
    node.type === "TSInterfaceDeclaration" &&
    node.body.body[0]?.type === "TSIndexSignature"
  );
}

/** `Checkout.Session`: the folder tells apart what is called the same. */
function titleOf({ file, path: within }: Found): string {
  const folder = path
    .dirname(file)
    .split("/resources/")[1]
    ?.replaceAll("/", ".");
  const title = within.join(".");
  return !folder || title.startsWith(`${folder}.`)
    ? title
    : `${folder}.${title}`;
}

export function textOf(node: ESTree.Node): string {
  if (node.type === "Identifier") return node.name;
  if (node.type === "TSQualifiedName")
    return `${textOf(node.left)}.${node.right.name}`;
  if (node.type === "MemberExpression")
    return `${textOf(node.object)}.${textOf(node.property)}`;
  return "";
}
