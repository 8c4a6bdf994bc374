import { z } from "zod";

/** A setting that is present but wrong stops the boot; every one is named at once. */
class InvalidEnvironment extends Error {
  override name = "InvalidEnvironment";
}

const url = z
  .url({ protocol: /^https?$/ })
  .transform((text) => text.replace(/\/$/, ""));
const secretList = z
  .string()
  .transform((text) => text.split(",").map((secret) => secret.trim()))
  .pipe(
    z.array(
      z
        .string()
        .regex(/^whsec_[A-Za-z0-9+/=_-]{24,}$/, "must begin with whsec_"),
    ),
  );

const emailList = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((email) => email.trim().toLowerCase())
      .filter(Boolean),
  )
  .pipe(z.array(z.email("must be emails, separated by commas")));

const schema = z.object({
  NODE_ENV: z
    .enum(["development", "test", "production"])
    .default("development"),
  APP_URL: url.optional(),
  PORT: z.coerce.number().int().positive().default(3000),
  VERCEL: z.string().optional(),
  VERCEL_PROJECT_PRODUCTION_URL: z.string().optional(),
  VERCEL_BRANCH_URL: z.string().optional(),
  VERCEL_URL: z.string().optional(),
  VERCEL_ENV: z.enum(["production", "preview", "development"]).optional(),
  TRUSTED_PROXY: z
    .string()
    .regex(
      /^([1-9]|[A-Za-z][A-Za-z0-9-]*)$/,
      "must be how many proxies stand before this (1 to 9), or the header in which one tells the address",
    )
    .optional(),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgres:// URL")
    .optional(),
  TENANT_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "must be a postgres:// URL")
    .optional(),
  BETTER_AUTH_SECRET: z
    .string()
    .min(32, "must have at least 32 characters")
    .optional(),
  STRIPE_SECRET_KEY: z
    .string()
    .regex(
      /^(sk|rk)_(test|live)_\w{8,}$/,
      "must be a Stripe secret or restricted key",
    )
    .optional(),
  STRIPE_PUBLISHABLE_KEY: z
    .string()
    .regex(/^pk_(test|live)_\w{8,}$/, "must be a Stripe publishable key")
    .optional(),
  STRIPE_WEBHOOK_SECRET: secretList.optional(),
  STRIPE_WEBHOOK_ENDPOINT: url.optional(),
  STRIPE_MODE: z.enum(["test", "live"]).optional(),
  STRIPE_SUCCESS_URL: url.optional(),
  STRIPE_CANCEL_URL: url.optional(),
  STRIPE_TAX: z.enum(["on", "off"]).default("off"),
  STRIPE_PAYMENT_METHOD_CONFIGURATION: z
    .string()
    .regex(/^pmc_\w+$/, "must begin with pmc_")
    .optional(),
  STRIPE_API_BASE: url.optional(),
  STRIPE_CHECKOUT_ORIGIN: url.optional(),
  STRIPE_READS_PER_SECOND: z.coerce
    .number()
    .int()
    .min(1)
    .max(10_000)
    .optional(),
  ALERT_WEBHOOK_URL: url.optional(),
  ERROR_WEBHOOK_URL: url.optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: url.optional(),
  EVENT_RETENTION_DAYS: z.coerce.number().int().min(1).max(3650).default(90),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\//, "must be an smtp:// URL")
    .optional(),
  MAIL_FROM: z.string().default("Turnpike <billing@localhost>"),
  STAFF_EMAILS: emailList.default([]),
  GOOGLE_CLIENT_ID: z.string().optional(),
  GOOGLE_CLIENT_SECRET: z.string().optional(),
  GITHUB_CLIENT_ID: z.string().optional(),
  GITHUB_CLIENT_SECRET: z.string().optional(),
  CRON_SECRET: z
    .string()
    .min(16, "must have at least 16 characters")
    .optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error", "silent"])
    .default("info"),
});

const checked = schema
  .refine((env) => !env.GOOGLE_CLIENT_ID === !env.GOOGLE_CLIENT_SECRET, {
    path: ["GOOGLE_CLIENT_ID"],
    message: "needs GOOGLE_CLIENT_SECRET, and that needs it",
  })
  .refine((env) => !env.GITHUB_CLIENT_ID === !env.GITHUB_CLIENT_SECRET, {
    path: ["GITHUB_CLIENT_ID"],
    message: "needs GITHUB_CLIENT_SECRET, and that needs it",
  })
  .refine(
    (env) =>
      !(env.STRIPE_API_BASE && env.STRIPE_SECRET_KEY?.includes("_live_")),
    {
      path: ["STRIPE_API_BASE"],
      message: "must not be set together with a live key",
    },
  )
  .refine(
    (env) =>
      !(env.VERCEL_ENV === "preview" && isLive(env.STRIPE_SECRET_KEY ?? "")),
    {
      path: ["STRIPE_SECRET_KEY"],
      message:
        "must be a test key in a preview; set the live one for Production alone",
    },
  )
  .refine(
    (env) =>
      !env.STRIPE_SECRET_KEY ||
      !env.STRIPE_PUBLISHABLE_KEY ||
      isLive(env.STRIPE_SECRET_KEY) === isLive(env.STRIPE_PUBLISHABLE_KEY),
    {
      path: ["STRIPE_PUBLISHABLE_KEY"],
      message: "must be of the same mode as STRIPE_SECRET_KEY",
    },
  );

type Settings = z.output<typeof checked>;
export type Env = Settings & { appUrl: string };

let memo: Env | undefined;

/** The validated environment. Nothing is read before the first call, so a build needs no settings. */
export function env(): Env {
  return (memo ??= parseEnv(process.env));
}

/** Empty and blank values count as unset. Throws InvalidEnvironment with one line for each bad name. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const present = Object.entries(source)
    .map(([name, value]) => [name, value?.trim()] as const)
    .filter(([, value]) => value);
  const result = checked.safeParse(Object.fromEntries(present));
  if (!result.success) {
    const lines = result.error.issues.map(
      (issue) => `  ${String(issue.path[0])}: ${issue.message}`,
    );
    throw new InvalidEnvironment(
      `These settings are wrong:\n${lines.join("\n")}`,
    );
  }
  return { ...result.data, appUrl: findAppUrl(result.data) };
}

/** A preview is at an address of its own, whatever is set: at production's it would refuse its own forms. */
function findAppUrl(settings: Settings): string {
  const { APP_URL, PORT, VERCEL_ENV } = settings;
  const isPreview = VERCEL_ENV === "preview";
  const given = isPreview ? null : APP_URL;
  const onVercel = isPreview
    ? (settings.VERCEL_BRANCH_URL ?? settings.VERCEL_URL)
    : settings.VERCEL_PROJECT_PRODUCTION_URL;
  return (
    given ?? (onVercel ? `https://${onVercel}` : `http://localhost:${PORT}`)
  );
}

/** What must be set before any page but /setup can work. */
export function missingSettings(): ("DATABASE_URL" | "BETTER_AUTH_SECRET")[] {
  return (["DATABASE_URL", "BETTER_AUTH_SECRET"] as const).filter(
    (name) => !env()[name],
  );
}

/** Whether this deployment was told where it is reached. Else it takes itself to be on localhost. */
export function isAddressKnown(): boolean {
  const { APP_URL, appUrl } = env();
  return Boolean(APP_URL) || !appUrl.startsWith("http://localhost:");
}

function isLive(key: string): boolean {
  return key.includes("_live_");
}

/** Whether the configured key moves real money. Rows of the other mode count for nothing. */
export function livemode(): boolean {
  return isLive(env().STRIPE_SECRET_KEY ?? "");
}

/** Whether this deployment should move real money: STRIPE_MODE, or else whatever people reach by https, but no preview. */
export function expectedLivemode(): boolean {
  const { STRIPE_MODE, VERCEL_ENV, appUrl } = env();
  if (STRIPE_MODE) return STRIPE_MODE === "live";
  return appUrl.startsWith("https:") && VERCEL_ENV !== "preview";
}

/** Where Stripe is to deliver webhooks. */
export function webhookUrl(): string {
  const { STRIPE_WEBHOOK_ENDPOINT, appUrl } = env();
  return STRIPE_WEBHOOK_ENDPOINT ?? `${appUrl}/api/webhooks/stripe`;
}
