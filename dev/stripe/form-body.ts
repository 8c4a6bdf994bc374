export type FormTree = Map<string, FormValue>;
export type FormValue = string | FormTree;

/** Reads `a[b][0][c]=v` and `a[]=v` into a tree; arrays are trees with numeric keys. */
export function parseForm(encoded: string): FormTree {
  const root: FormTree = new Map();
  for (const [name, value] of new URLSearchParams(encoded)) {
    insert(root, pathOf(name), value);
  }
  return root;
}

function pathOf(name: string): string[] {
  const open = name.indexOf("[");
  if (open <= 0) return [name];
  const rest = [...name.slice(open).matchAll(/\[([^\]]*)\]/g)];
  return [name.slice(0, open), ...rest.map((part) => part[1] ?? "")];
}

function insert(tree: FormTree, path: string[], value: string): void {
  const [head = "", ...rest] = path;
  const key = head === "" ? nextKey(tree, rest[0]) : head;
  if (rest.length === 0) {
    tree.set(key, value);
    return;
  }
  let child = tree.get(key);
  if (!(child instanceof Map)) {
    child = new Map();
    tree.set(key, child);
  }
  insert(child, rest, value);
}

/** `a[][x]=1&a[][y]=2` fills one element, a repeated `x` begins the next. */
function nextKey(tree: FormTree, field: string | undefined): string {
  const last = tree.get(String(tree.size - 1));
  const fits = field && last instanceof Map && !last.has(field);
  return String(fits ? tree.size - 1 : tree.size);
}
