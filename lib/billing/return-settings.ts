import { z } from "zod";
import { recordAudit } from "@/lib/audit/record";
import type { TenantContext } from "@/lib/platform/context";
import { tenantDb } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { AppError } from "@/lib/platform/errors";
import { safePath } from "@/lib/platform/safe-path";

const text = z.string().trim().max(2048).default("");

/** Empty means: the deployment's own. Origins stand one a line. */
export const returnSettingsRequest = z.strictObject({
  tenantId: z.string().max(64).optional(),
  successUrl: text,
  cancelUrl: text,
  portalReturnPath: text,
  allowedOrigins: text,
});

type Wish = Omit<z.output<typeof returnSettingsRequest>, "tenantId">;

type ReturnSettings = {
  successUrl: string | null;
  cancelUrl: string | null;
  portalReturnPath: string | null;
  allowedOrigins: string[];
};

/**
 * Where this workspace's buyers come back to, and to which other sites a checkout may send them. Throws, each
 * about its field, url_malformed, path_malformed, origins_malformed, and origin_not_allowed for an address on
 * a site that is neither ours nor listed with it. Saying the same again leaves no trace.
 */
export async function saveReturnSettings(
  ctx: TenantContext,
  input: Wish,
): Promise<void> {
  const { tenantId } = ctx;
  const settings = toSettings(input);
  await tenantDb(ctx, async (tx) => {
    const before = await tx.tenantSettings.findUnique({ where: { tenantId } });
    const fields = changed(before ?? unset, settings);
    if (fields.length === 0) return;
    await tx.tenantSettings.upsert({
      where: { tenantId },
      create: { tenantId, ...settings },
      update: settings,
    });
    const details = { fields };
    await recordAudit(tx, ctx, "workspace.settings_changed", tenantId, details);
  });
}

const unset: ReturnSettings = {
  successUrl: null,
  cancelUrl: null,
  portalReturnPath: null,
  allowedOrigins: [],
};

function changed(before: ReturnSettings, after: ReturnSettings): string[] {
  const names = Object.keys(unset) as (keyof ReturnSettings)[]; // of our own literal
  return names.filter((name) => String(before[name]) !== String(after[name]));
}

function toSettings(input: Wish): ReturnSettings {
  const allowedOrigins = toOrigins(input.allowedOrigins);
  const path = input.portalReturnPath;
  if (path && safePath(path) !== path)
    throw new AppError("path_malformed", { param: "portalReturnPath" });
  return {
    successUrl: toUrl(input.successUrl, allowedOrigins, "successUrl"),
    cancelUrl: toUrl(input.cancelUrl, allowedOrigins, "cancelUrl"),
    portalReturnPath: path || null,
    allowedOrigins,
  };
}

function toOrigins(lines: string): string[] {
  const origins = lines
    .split(/\s+/)
    .filter(Boolean)
    .map((line) => line.replace(/\/$/, ""));
  const wrong = origins.some((origin) => safeUrl(origin)?.origin !== origin);
  if (wrong || origins.length > 10)
    throw new AppError("origins_malformed", { param: "allowedOrigins" });
  return [...new Set(origins)];
}

function toUrl(
  url: string,
  allowed: readonly string[],
  param: string,
): string | null {
  if (!url) return null;
  const origin = safeUrl(url.replaceAll("{CHECKOUT_SESSION_ID}", ""))?.origin;
  if (!origin) throw new AppError("url_malformed", { param });
  if (![new URL(env().appUrl).origin, ...allowed].includes(origin))
    throw new AppError("origin_not_allowed", { param });
  return url;
}

const thisMachine = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** The URL, if a browser may be sent there: https, or http on this very machine, and no login in it. */
function safeUrl(address: string): URL | null {
  // Parsing forgives blanks and backslashes; whoever reads the address next may not.
  if (!/^[\x21-\x5b\x5d-\x7e]+$/.test(address) || !URL.canParse(address))
    return null;
  const url = new URL(address);
  const { protocol, hostname, username, password } = url;
  const isHere = thisMachine.has(hostname);
  const scheme = protocol === "https:" || (protocol === "http:" && isHere);
  const named = isHere || /^[a-z0-9.-]+$/.test(hostname);
  return scheme && named && !username && !password ? url : null;
}
