import { env } from "./env";

/** A path of this site that is safe to redirect to; null for anything else (trust row 81). */
export function safePath(path: string | null | undefined): string | null {
  if (!path || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(path)) return null;
  const { appUrl } = env();
  const { origin, pathname, search } = new URL(path, appUrl);
  // "/.//evil.com" is parsed to the path "//evil.com", which a browser reads as another host.
  const own = origin === new URL(appUrl).origin && !pathname.startsWith("//");
  return own ? pathname + search : null;
}
