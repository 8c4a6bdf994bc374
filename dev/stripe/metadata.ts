import { invalidRequest } from "./errors";

type Change = Record<string, string | number | null> | null | undefined;

/** Values merge, an empty one deletes its key, null clears all, as Stripe does. */
export function mergeMetadata(
  current: Record<string, string>,
  change: Change,
  param = "metadata",
): Record<string, string> {
  if (change === undefined) return current;
  if (change === null) return {};
  for (const [key, value] of Object.entries(change)) {
    if (key.length > 40) {
      throw invalidRequest(
        `Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`,
        { param },
      );
    }
    if (String(value).length > 500) {
      throw invalidRequest(
        `Metadata values can have up to 500 characters, but you passed in a value that is ${String(value).length} characters. Invalid value: ${value}`,
        { param },
      );
    }
  }
  const merged = Object.entries({ ...current, ...change }).flatMap(
    ([key, value]): [string, string][] =>
      value === null || value === "" ? [] : [[key, String(value)]],
  );
  if (merged.length > 50) {
    throw invalidRequest(
      `You can only set up to 50 metadata keys, but you would have ${merged.length} after this change.`,
      { param },
    );
  }
  return Object.fromEntries(merged);
}
