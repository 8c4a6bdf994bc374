import { isIPv4, isIPv6 } from "node:net";
import { env } from "./env";

/**
 * Whose network a request comes from, as far as TRUSTED_PROXY lets it be known: an IPv4 address, or the /64 of an
 * IPv6 one, since whoever has one of those has all of it. Null where nothing says so but the caller.
 */
export function addressOf(headers: Headers): string | null {
  const { TRUSTED_PROXY, VERCEL } = env();
  const proxy =
    TRUSTED_PROXY ?? (VERCEL ? "x-vercel-forwarded-for" : undefined);
  if (!proxy) return null;
  if (!/^\d$/.test(proxy)) return networkOf(headers.get(proxy) ?? "");
  // Each proxy adds whom it heard at the end; what stands before the first of ours, anybody may have written.
  const hops = (headers.get("x-forwarded-for") ?? "").split(",");
  return networkOf(hops.at(-Number(proxy)) ?? "");
}

/** Null for what is no address. */
function networkOf(text: string): string | null {
  const [address = ""] = text.trim().split("%");
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 6).join(":") === "0:0:0:0:0:ffff";
  if (isMapped) return dotted(groups.slice(6));
  return `${groups.slice(0, 4).join(":")}::/64`;
}

/** All eight, as URL writes them: without leading zeros, in small letters, IPv4 at the end as two of them. */
function groupsOf(address: string): string[] {
  const { hostname } = new URL(`http://[${address}]`);
  const [head = "", tail] = hostname.slice(1, -1).split("::");
  const before = head ? head.split(":") : [];
  const after = tail ? tail.split(":") : [];
  const between = Array.from({ length: 8 - before.length - after.length });
  return [...before, ...between.map(() => "0"), ...after];
}

function dotted(groups: readonly string[]): string {
  return groups
    .map((group) => Number.parseInt(group, 16))
    .flatMap((number) => [number >> 8, number & 255])
    .join(".");
}
