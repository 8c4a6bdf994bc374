import { may, roles, type Permission } from "@/lib/auth/permissions";
import type { Policy } from "@/lib/platform/route-description";
import { everyRoute, type Route } from "@/tests/support/every-route";
import { keyCases, placeKeyElsewhere } from "./key-cases";
import { paramsOf, requestOf } from "./request-of";
import type { Case, Site, Somebody } from "./site";

/** What a browser or a program says about where a request comes from, when it is not from our own pages. */
const elsewhere: readonly [string, Record<string, string>][] = [
  ["another site", { origin: "https://evil.example" }],
  ["a sandbox", { origin: "null" }],
  ["nowhere", {}],
  ["a look-alike", { origin: "https://localhost.evil.example" }],
  [
    "another site that forwards itself",
    { origin: "https://evil.example", "x-forwarded-host": "evil.example" },
  ],
  ["a link elsewhere", { "sec-fetch-site": "cross-site" }],
  ["a sibling site", { "sec-fetch-site": "same-site" }],
];

/** Sessions that are none. */
const nobody: readonly [string, (cookie: string) => string][] = [
  ["nobody", () => ""],
  [
    "a session that was tampered with",
    (cookie) => cookie.replace(/=(.{4})/, "=AAAA"),
  ],
  [
    "a signature that was tampered with",
    (cookie) => cookie.replace(/\..*$/, ".AAAA"),
  ],
];

/** Every route as everybody, from everywhere: what must become of it follows from its policy and the roles alone. */
export async function authorityCases(site: Site): Promise<Case[]> {
  const routes = await everyRoute();
  const cases: Case[] = [];
  await placeKeyElsewhere(site);
  for (const [index, route] of routes.entries()) {
    const { description } = route;
    if (!description) throw new Error(`${route.path} says nothing of itself`);
    const given = await place(site, route, index);
    const { policy, takes } = description;
    if (policy.caller !== "anyone" || takes)
      cases.push(...who(site, route, policy, given));
    if (takes === "body") cases.push(...fromWhere(site, route, given));
    cases.push(...(await keyCases(site, route, given)));
  }
  return cases;
}

/** A workspace of this route alone, so that what is let through there changes nothing elsewhere. */
async function place(
  { people, system, userIds }: Site,
  route: Route,
  index: number,
): Promise<Given> {
  const tenantId = `authority-${index}`;
  await people("INSERT INTO tenant (id, name, slug) VALUES ($1, $1, $1)", [
    tenantId,
  ]);
  for (const who of [...roles, "late", "former"] as const)
    await people(
      "INSERT INTO membership (id, tenant_id, user_id, role) VALUES ($1, $2, $3, $4)",
      [
        `${tenantId}-${who}`,
        tenantId,
        userIds[who],
        who === "late" || who === "former" ? "owner" : who,
      ],
    );
  await people("DELETE FROM membership WHERE id = $1", [`${tenantId}-former`]);
  const given: Given = { tenantId };
  for (const name of paramsOf(route)) {
    const prefix = prefixes[name];
    if (!prefix) continue;
    given[name] = `${prefix}Authority${index}x`;
    await system(
      "INSERT INTO stripe_object_owner (stripe_id, tenant_id, ticket) VALUES ($1, $2, 0)",
      [given[name], tenantId],
    );
  }
  return given;
}

/** Of ids that alone say whose they are. */
const prefixes: Readonly<Record<string, string>> = {
  customerId: "cus_",
  invoiceId: "in_",
  paymentId: "pi_",
  sessionId: "cs_test_",
  subscriptionId: "sub_",
};

type Given = { tenantId: string } & Record<string, string>;

function who(site: Site, route: Route, policy: Policy, given: Given): Case[] {
  const own = { origin: site.origin };
  const cookie = site.cookies.owner;
  const strangers = nobody.map(([name, change]) =>
    caseOf(route, given, name, {
      ...own,
      cookie: change(cookie),
    }),
  );
  const as = (name: Somebody) =>
    caseOf(route, given, name, { ...own, cookie: site.cookies[name] });
  const all = (expect: Case["expect"], ...names: Somebody[]) =>
    names.map((name) => ({ ...as(name), expect }));
  const signedOut = strangers.map((one) => ({ ...one, expect: no_session }));
  switch (policy.caller) {
    case "anyone":
      return [];
    case "stripe":
      return strangers.map((one) => ({ ...one, expect: unsigned }));
    case "cron":
      return [
        ...signedOut,
        ...all(no_session, "owner", "staff"),
        ...["Bearer undefined", "Bearer ", "Basic Og==", "undefined"].map(
          (authorization) => ({
            ...caseOf(route, given, authorization, { authorization }),
            expect: no_session,
          }),
        ),
      ];
    case "staff":
      return [
        ...strangers.map((one) => ({ ...one, expect: not_found })),
        ...all(not_found, ...roles, "stranger", "late", "former"),
        ...all("let through", "staff"),
      ];
    case "signed in":
      return [
        ...signedOut,
        ...(policy.recent ? all(reauth, "late") : []),
        ...all("let through", "stranger", "staff"),
      ];
    case "member": {
      const permission = policy.permission as Permission;
      const letIn = roles.filter((role) => may(role, permission));
      const late = policy.recent !== true;
      return [
        ...signedOut,
        ...all(not_found, "stranger", "former", "staff"),
        ...all(forbidden, ...roles.filter((role) => !letIn.includes(role))),
        ...all(late ? "let through" : reauth, "late"),
        ...all("let through", ...letIn.toReversed()),
      ];
    }
  }
}

const no_session = { status: 401, code: "no_session" };
const not_found = { status: 404, code: "not_found" };
const forbidden = { status: 403, code: "forbidden" };
const reauth = { status: 403, code: "reauth_required" };
const unsigned = { status: 400, code: "webhook_invalid" };

/** Also from who may do it. */
function fromWhere(site: Site, route: Route, given: Given): Case[] {
  const expect = { status: 403, code: "cross_site" };
  const isStaffs = route.description?.policy.caller === "staff";
  const cookie = site.cookies[isStaffs ? "staff" : "owner"];
  return elsewhere.map(([name, said]) => ({
    ...caseOf(route, given, `from ${name}`, { ...said, cookie }),
    expect,
  }));
}

function caseOf(
  route: Route,
  given: Given,
  whom: string,
  headers: Record<string, string>,
): Omit<Case, "expect"> {
  const parts = requestOf(route, given, headers);
  return { ...parts, name: `${route.method} ${route.path}: ${whom}`, route };
}
