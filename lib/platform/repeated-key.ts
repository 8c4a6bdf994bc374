/** A string, or one of the characters that open, close and separate; whatever stands between them is passed over. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * Whether an object in this JSON has a key twice. JSON.parse takes the last; whoever looked at the first, in a log
 * or in front of us, has read another request. `text` is valid JSON.
 */
export function hasRepeatedKey(text: string): boolean {
  const open: (Set<unknown> | null)[] = []; // null for a list
  let isKey = false;
  for (const [part] of text.matchAll(token)) {
    if (part === "{") open.push(new Set());
    else if (part === "[") open.push(null);
    else if (part === "}" || part === "]") open.pop();
    else if (part.startsWith('"') && isKey) {
      const keys = open.at(-1);
      const key: unknown = JSON.parse(part); // "a" and "\\u0061" are one key
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
    isKey = part === "{" || (part === "," && open.at(-1) !== null);
  }
  return false;
}
