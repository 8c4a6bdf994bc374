import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { signatureHeader } from "../../dev/stripe/signature";
import type { Seed } from "./seed";

export type Visit = {
  name: string;
  path: string;
  method?: "GET" | "POST";
  headers?: Record<string, string>;
  /** Made anew for each visit. */
  body?: () => { text: string; headers: Record<string, string> };
  /** What the database is told before each visit. */
  before?: string;
  /** Milliseconds that it may take in Postgres instead of a quarter more, where what is recent grows with all there is. */
  most?: number;
};

type Page = string | { path: string; staff: true };

/** Each page of app/ that reads rows, where somebody sees most of it. */
const pages: Readonly<Record<string, (at: Seed) => Page | Page[]>> = {
  "(auth)/invite/[id]": (at) => `/invite/${at.invitationId}`,
  "(auth)/confirmed": () => "/confirmed",
  "(own)/account": () => "/account",
  "(own)/workspaces": () => "/workspaces",
  "(site)": () => "/",
  "(site)/pricing": () => "/pricing",
  "checkout/[sessionId]": (at) => `/checkout/${at.sessionId}`,
  "checkout/cancelled": (at) => `/checkout/cancelled?tenant=${at.slug}`,
  "checkout/success": (at) => `/checkout/success?session_id=${at.sessionId}`,
  "t/[tenant]": (at) => `/t/${at.slug}`,
  "t/[tenant]/audit": (at) => [
    `/t/${at.slug}/audit`,
    `/t/${at.slug}/audit?kind=people`,
  ],
  "t/[tenant]/billing": (at) => `/t/${at.slug}/billing`,
  "t/[tenant]/billing/change": (at) =>
    `/t/${at.slug}/billing/change?price=business_monthly`,
  "t/[tenant]/billing/invoices": (at) => `/t/${at.slug}/billing/invoices`,
  "t/[tenant]/billing/next": (at) => `/t/${at.slug}/billing/next`,
  "t/[tenant]/billing/pay/[invoice]": (at) =>
    `/t/${at.slug}/billing/pay/${at.invoiceId}`,
  "t/[tenant]/billing/payment-methods": (at) =>
    `/t/${at.slug}/billing/payment-methods`,
  "t/[tenant]/billing/payments": (at) => `/t/${at.slug}/billing/payments`,
  "t/[tenant]/billing/purchases": (at) => `/t/${at.slug}/billing/purchases`,
  "t/[tenant]/billing/subscribe": (at) =>
    `/t/${at.slug}/billing/subscribe?price=business_monthly`,
  "t/[tenant]/members": (at) => `/t/${at.slug}/members`,
  "t/[tenant]/pay/[payment]": (at) => `/t/${at.slug}/pay/${at.askedId}`,
  "t/[tenant]/projects": (at) => `/t/${at.slug}/projects`,
  "t/[tenant]/reports": (at) => `/t/${at.slug}/reports`,
  "t/[tenant]/settings": (at) => `/t/${at.slug}/settings`,
  "t/[tenant]/start": (at) => `/t/${at.slug}/start?price=onboarding_session`,
  admin: () => staff("/admin"),
  "admin/doctor": () => staff("/admin/doctor"),
  "admin/tenants": (at) => [
    staff(`/admin/tenants?search=${at.slug}`),
    staff("/admin/tenants"),
    staff("/admin/tenants?search=ada@example.com"),
    staff("/admin/tenants?search=nobody"),
  ],
  "admin/tenants/[id]": (at) => staff(`/admin/tenants/${at.tenantId}`),
  "admin/tenants/[id]/charges": (at) =>
    staff(`/admin/tenants/${at.tenantId}/charges`),
  "admin/tenants/[id]/payments/[payment]": (at) =>
    staff(`/admin/tenants/${at.tenantId}/payments/${at.paymentId}`),
  "admin/webhooks": () => [
    staff("/admin/webhooks"),
    ...["pending", "processing", "done", "ignored", "dead"].map((state) =>
      staff(`/admin/webhooks?state=${state}`),
    ),
    staff("/admin/webhooks?type=customer.subscription.created"),
    staff("/admin/webhooks?object=sub_nobody"),
  ],
  "admin/webhooks/[id]": (at) => staff(`/admin/webhooks/${at.eventId}`),
};

/** The hour that is not over, today's webhooks, and a sum for each day there was: all else is kept. */
const mostOf: Readonly<Record<string, number>> = { "/admin": 50 };

/** Pages that ask the database for nothing but who is there, or that begin something at Stripe. */
const without = [
  "(auth)/forgot",
  "(auth)/reset",
  "(auth)/sign-in",
  "(auth)/sign-up",
  "(site)/privacy",
  "(site)/refunds",
  "(site)/terms",
  "admin/design",
  "docs",
  "docs/[...page]",
  "docs/api",
  "docs/errors",
  "setup",
  "t",
  "t/[tenant]/checkout",
];

const staff = (path: string) => ({ path, staff: true }) as const;

/** Throws where app/ has a page that is named above neither as measured nor as left out. */
export function listVisits(seed: Seed): Visit[] {
  const found = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((path) => basename(path) === "page.tsx")
    .map((path) => dirname(path));
  const forgotten = found.filter(
    (page) => !without.includes(page) && !(page in pages),
  );
  if (forgotten.length > 0)
    throw new Error(`tests/scale/pages.ts forgets ${forgotten.join(", ")}`);
  const opened = Object.entries(pages)
    .filter(([page]) => found.includes(page))
    .flatMap(([, at]) => at(seed));
  const lists: Page[] = [
    staff("/api/admin/customers"),
    staff("/api/admin/customers?search=ada@example.com"),
  ];
  return [...opened, ...lists].map((page) => {
    const { path, cookie } =
      typeof page === "string"
        ? { path: page, cookie: seed.owner }
        : { path: page.path, cookie: seed.staff };
    const name = path.replace(seed.slug, "…").replace(/[\w-]{20,}/g, "…");
    const most = mostOf[path];
    return { name, path, headers: { cookie }, ...(most && { most }) };
  });
}

/** As after a pause of so long, for what a run does of what is due since the last one. */
const lastRun = (ago: string) =>
  `UPDATE job_cursor SET position = to_char(now() AT TIME ZONE 'UTC' - interval '${ago}', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') WHERE name = 'money'`;

/** What claims and works off: an event that arrives, and both crons. */
export function listJobs(options: {
  cronSecret: string;
  webhookSecret: string;
  /** A stored event, whose copies arrive under ids of their own. */
  payload: string;
}): Visit[] {
  const { cronSecret, webhookSecret, payload } = options;
  const authorization = `Bearer ${cronSecret}`;
  const event = JSON.parse(payload) as { id: string };
  let made = 0;
  const cron = (name: string, before?: string): Visit => ({
    ...(before && { before }),
    name: `cron ${name}`,
    path: `/api/cron/${name}`,
    method: "POST",
    headers: { authorization },
  });
  return [
    {
      name: "an event arrives, is claimed and applied",
      path: "/api/webhooks/stripe",
      method: "POST",
      body: () => {
        made += 1;
        const text = payload.replace(event.id, `evt_scale${made}`);
        const now = Math.floor(Date.now() / 1000);
        const signature = signatureHeader(text, [webhookSecret], now);
        return { text, headers: { "stripe-signature": signature } };
      },
    },
    cron("drain"),
    cron("heal"),
    {
      // The turn of a hundred and forty-fourth of all workspaces, whose money is looked at.
      ...cron("heal", lastRun("10 minutes")),
      name: "cron heal, ten minutes after the last",
      most: 100,
    },
  ];
}
