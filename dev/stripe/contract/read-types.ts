import fs from "node:fs";
import path from "node:path";
import { parseSync, type ESTree } from "vite";

/** A declaration of the SDK with the place its own names are looked up from. */
export type Found = {
  file: string;
  path: string[];
  node:
    | ESTree.Class
    | ESTree.TSInterfaceDeclaration
    | ESTree.TSTypeAliasDeclaration;
};
type Link = { file: string; name: string | undefined };
type Source = { names: Map<string, Found>; links: Map<string, Link> };
export type Types = {
  /** Files of resources, relative to the SDK's folder of them. */
  files: string[];
  in(file: string): Found[];
  resolve(name: string, from: { file: string; path: string[] }): Found;
};

/** Reads the SDK's declaration files by syntax alone: TypeScript 7 has no API to ask. */
export function readTypes(root: string): Types {
  const sources = new Map<string, Source>();
  const folder = path.join(root, "resources");
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".d.ts") && !file.endsWith("index.d.ts"))
    .toSorted();

  function source(file: string): Source {
    let known = sources.get(file);
    if (!known) sources.set(file, (known = readSource(file)));
    return known;
  }

  function find(name: string, from: { file: string; path: string[] }) {
    const { names, links } = source(from.file);
    for (let depth = from.path.length; depth >= 0; depth -= 1) {
      const found = names.get([...from.path.slice(0, depth), name].join("."));
      if (found) return found;
    }
    const [head = "", ...rest] = name.split(".");
    const link = links.get(head);
    if (!link) return undefined;
    const inside = [link.name, ...rest].filter((part) => part !== undefined);
    return find(inside.join("."), { file: link.file, path: [] });
  }

  return {
    files: files.map((file) => path.join(folder, file)),
    in: (file) => [...source(file).names.values()],
    resolve(name, from): Found {
      const found = find(name, from);
      if (!found) throw new Error(`${from.file} names ${name}: not found`);
      return found;
    },
  };
}

function readSource(file: string): Source {
  const source: Source = { names: new Map(), links: new Map() };
  const { program, errors } = parseSync(file, fs.readFileSync(file, "utf8"), {
    lang: "dts",
    astType: "ts",
  });
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  for (const node of program.body) declare(source, node, { file, path: [] });
  return source;
}

function declare(
  source: Source,
  node: ESTree.Statement,
  at: { file: string; path: string[] },
): void {
  const { file } = at;
  if (node.type === "ImportDeclaration") {
    for (const one of node.specifiers) {
      const name =
        one.type === "ImportSpecifier" ? nameOf(one.imported) : undefined;
      source.links.set(one.local.name, {
        file: beside(file, node.source.value),
        name,
      });
    }
  } else if (node.type === "ExportNamedDeclaration") {
    if (node.declaration) declare(source, node.declaration, at);
    for (const one of node.source ? node.specifiers : []) {
      source.links.set(nameOf(one.exported), {
        file: beside(file, node.source?.value ?? ""),
        name: nameOf(one.local),
      });
    }
  } else if (node.type === "TSModuleDeclaration") {
    if (node.id.type !== "Identifier" || !node.body) return;
    const inside = { file, path: [...at.path, node.id.name] };
    for (const child of node.body.body) declare(source, child, inside);
  } else if (
    node.type === "ClassDeclaration" ||
    node.type === "TSInterfaceDeclaration" ||
    node.type === "TSTypeAliasDeclaration"
  ) {
    const path = [...at.path, node.id?.name ?? ""];
    source.names.set(path.join("."), { file, path, node });
  }
}

function nameOf(node: ESTree.ModuleExportName): string {
  return node.type === "Literal" ? node.value : node.name;
}

function beside(file: string, specifier: string): string {
  const target = path.join(path.dirname(file), specifier);
  return target.replace(/\.js$/, ".d.ts");
}
