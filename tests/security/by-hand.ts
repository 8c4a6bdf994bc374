import Stripe from "stripe";
import { cookieNames } from "./cookie-names";
import type { Case, Expected, Site } from "./site";

type Asked = Partial<Pick<Case, "method" | "headers" | "body">>;

/** Rows of the catalogue that no rule makes: each was somebody's way in somewhere. */
export function byHand(site: Site, slug: string): Case[] {
  const owner = { cookie: site.cookies.owner };
  const stranger = { cookie: site.cookies.stranger };
  return [
    ...adminPages({ nobody: {}, owner }),
    // Who may see it does, also in parts.
    one(
      "/admin/tenants",
      { status: 200 },
      { headers: { cookie: site.cookies.staff, rsc: "1" } },
    ),
    ...tenantPages(slug, stranger),
    ...framework(site, owner),
    ...returns(owner),
    ...webhooks(),
  ];
}

function one(path: string, expect: Expected, asked: Asked = {}): Case {
  const { method = "GET", headers = {}, body } = asked;
  const said = Object.entries(headers)
    .filter(([name]) => name !== "cookie")
    .map(([name, value]) => `${name}: ${value.slice(0, 60)}`)
    .join(", ");
  const name = `${method} ${path.slice(0, 100)}${said && ` with ${said}`}`;
  return { name, method, path, headers, expect, ...(body && { body }) };
}

/** How Next asks for a page or for parts of it. */
const forms: readonly Record<string, string>[] = [
  {},
  { rsc: "1" },
  { rsc: "1", "next-router-prefetch": "1" },
  { rsc: "1", "next-router-segment-prefetch": "/_tree" },
  { rsc: "1", "next-router-segment-prefetch": "/admin/__PAGE__" },
  { "next-url": "/admin", rsc: "1" },
  { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy" },
  { purpose: "prefetch" },
  { "x-nextjs-data": "1" },
  { "x-staff": "true", "x-is-admin": "true" },
];

/** Nothing, or for a prefetch the names that stand in the address anyway: no part of a page. */
const notFound = /NEXT_HTTP_ERROR_FALLBACK;404|"s":"__PAGE__"/;

function adminPages(people: Record<string, Record<string, string>>): Case[] {
  const pages = [
    "/admin",
    "/admin/tenants",
    "/admin/webhooks",
    "/admin/webhooks/evt_1",
    "/admin/design",
    "/admin?isAdmin=true&role=owner",
    "/admin/nothing-here",
  ];
  const lacks = /Webhook events|Find a workspace|Deliveries/;
  return Object.values(people).flatMap((who) =>
    pages.flatMap((page) =>
      [...forms, { "x-middleware-prefetch": "1" }].map((form) =>
        one(page, { status: 404, lacks }, { headers: { ...who, ...form } }),
      ),
    ),
  );
}

function tenantPages(slug: string, stranger: Record<string, string>): Case[] {
  const pages = ["", "/billing", "/members", "/audit", "/settings"];
  const toSignIn = {
    inside: /NEXT_REDIRECT;[^;]*;\/sign-in|"s":"__PAGE__"/,
    status: [303, 307],
    location: /^\/sign-in\?next=/,
    lacks: /authority-owner/,
  };
  return pages.flatMap((page) =>
    forms.flatMap((headers) => [
      one(`/t/${slug}${page}`, toSignIn, { headers }),
      one(
        `/t/${slug}${page}`,
        { status: 404, lacks: /authority-owner/, inside: notFound },
        { headers: { ...headers, ...stranger } },
      ),
    ]),
  );
}

function framework(site: Site, owner: Record<string, string>): Case[] {
  const post = {
    method: "POST",
    headers: {
      ...owner,
      origin: site.origin,
      "content-type": "application/json",
    },
    body: "{}",
  };
  const evil = { origin: "https://evil.example" };
  const noCors = { absent: "access-control-allow-origin" };
  return [
    one(
      "/api/checkout",
      { status: 204, ...noCors },
      { method: "OPTIONS", headers: evil },
    ),
    one(
      "/api/subscriptions",
      { status: [200, 422], ...noCors },
      { headers: { ...owner, ...evil } },
    ),
    one("/api/checkout", { status: 400 }, { method: "FOO" }),
    one("/api/checkout", { status: 405 }, { method: "HEAD" }),
    one(
      "/api/checkout",
      { status: 431 },
      { headers: { "x-long": "x".repeat(20_000) } },
    ),
    one("/api/%E0%A4%A", { status: [400, 404] }),
    one("/%00", { status: [400, 404] }),
    one("/api%2fcheckout", { status: 404 }),
    one("//api/checkout", { status: [308, 404] }),
    one("/api/./portal/../checkout", { status: [308, 400, 404, 405] }),
    one("/api/nothing", { status: 404 }),
    ...[
      "/.env",
      "/.git/config",
      "/package.json",
      "/.next/BUILD_ID",
      "/prisma/schema.prisma",
      "/_next/static/chunks/main.js.map",
      "/_next/static/../../package.json",
      "/wp-login.php",
      "/server-status",
    ].map((path) =>
      one(path, {
        status: [308, 400, 404],
        lacks: /BETTER_AUTH|"dependencies"/,
      }),
    ),
    ...[
      "http://169.254.169.254/",
      "//evil.example/x",
      "/api/health",
      "file:///etc/passwd",
    ].map((url) =>
      one(`/_next/image?url=${encodeURIComponent(url)}&w=64&q=75`, {
        status: [400, 404],
      }),
    ),
    one(
      "/api/checkout",
      { status: 422, code: "validation" },
      {
        ...post,
        headers: { ...post.headers, "x-http-method-override": "DELETE" },
      },
    ),
    one(
      "/api/checkout",
      { status: 422, code: "validation" },
      {
        ...post,
        headers: {
          ...post.headers,
          host: "evil.example",
          "x-forwarded-host": "evil.example",
          "x-forwarded-proto": "http",
          forwarded: "host=evil.example",
        },
      },
    ),
    one(
      "/api/checkout",
      { status: 422, code: "validation" },
      { ...post, headers: { ...post.headers, accept: "image/png" } },
    ),
    one(
      "/api/checkout",
      { status: 422, code: "validation" },
      { ...post, headers: { ...post.headers, "next-action": "deadbeef" } },
    ),
    one(
      "/",
      { status: [400, 404, 405, 500] },
      {
        method: "POST",
        headers: { "next-action": "deadbeef", origin: site.origin },
      },
    ),
    // Next answers this one by itself, and empty: nothing was rendered.
    one(
      "/workspaces",
      { status: [200, 303, 307], lacks: /authority-/ },
      { headers: { "x-middleware-prefetch": "1" } },
    ),
    ...cookieNames.map((cookie) =>
      one(
        "/api/subscriptions",
        { status: 401, code: "no_session" },
        { headers: { cookie } },
      ),
    ),
  ];
}

const ways = [
  "//evil.example",
  "/\\evil.example",
  "/%09/evil.example",
  "/\t/evil.example",
  "\\\\evil.example",
  "https://evil.example",
  "https:evil.example",
  "javascript:alert(1)",
  "/.//evil.example",
  "/a/..//evil.example",
  "http://localhost@evil.example",
  "/\r\nset-cookie: a=b",
  "data:text/html,x",
  "%2f%2fevil.example",
  "",
];

/** Where somebody is led back to, by what anybody may have written into the address. */
function returns(owner: Record<string, string>): Case[] {
  const sessions = [
    "session_id={CHECKOUT_SESSION_ID}",
    "session_id=a&session_id=b",
    "session_id[]=a",
    "session_id=__proto__",
    "session_id=%00",
    "session_id=' OR 1=1 --",
    `session_id=${"x".repeat(5000)}`,
    "__proto__=1",
    "",
  ];
  return [
    ...ways.map((to) =>
      one(
        `/api/portal/return?tenant=x&to=${encodeURIComponent(to)}`,
        { status: 303, location: /^\/(?![/\\])/ },
        { headers: owner },
      ),
    ),
    ...sessions.flatMap((query) => {
      const path = `/checkout/success?${query.replaceAll(" ", "%20")}`;
      return [
        one(
          path,
          { status: [200, 404], lacks: /Internal|stack/ },
          { headers: owner },
        ),
        one(path, { status: [303, 307], location: /^\/sign-in/ }),
      ];
    }),
    one("/api/auth/verify-email?token=x&callbackURL=//evil.example", {
      status: [302, 303, 307],
      location: /^(http:\/\/localhost:\d+)?\/(?![/\\])/,
    }),
    ...[
      "sign-in/email",
      "sign-up/email",
      "get-session",
      "list-sessions",
      "organization/list",
      "admin/list-users",
      "reset-password/x",
      "error",
    ].flatMap((path) => [
      one(`/api/auth/${path}`, { status: 404 }, { headers: owner }),
      one(
        `/api/auth/${path}`,
        { status: 405 },
        { method: "POST", headers: owner, body: "{}" },
      ),
    ]),
  ];
}

/** Whatever is wrong with a signature, the answer is the same. */
function webhooks(): Case[] {
  const payload = JSON.stringify({ id: "evt_1", object: "event", type: "x" });
  const now = Math.floor(Date.now() / 1000);
  const signed = (secret: string, timestamp = now) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const signatures = [
    "",
    "garbage",
    `t=${now}`,
    "v1=abc",
    `t=${now},v1=`,
    `t=${now},v1`,
    `t=${now},v0=${"0".repeat(64)}`,
    `t=${now},v1=${"0".repeat(64)}`,
    `t=${now},t=${now},v1=${"0".repeat(64)}`,
    "t=abc,v1=abc",
    "t=-1,v1=abc",
    `t=${now}junk,v1=abc`,
    `t=${now + 86_400},v1=abc`,
    "t=99999999999,v1=abc",
    `t=${now}, v1=abc`,
    `t=${now},${"v1=abc,".repeat(1000)}`,
    ...["undefined", "null", "whsec_", "whsec_wrongwrongwrongwrongwrong"].map(
      (secret) => signed(secret),
    ),
    signed("whsec_wrongwrongwrongwrongwrong", now - 301),
  ];
  return signatures.map((signature) =>
    one(
      "/api/webhooks/stripe",
      { status: 400, code: "webhook_invalid" },
      {
        method: "POST",
        headers: { "stripe-signature": signature },
        body: payload,
      },
    ),
  );
}
