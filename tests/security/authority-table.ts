import { format } from "prettier";
import { may, roles, type Permission } from "@/lib/auth/permissions";
import type { Policy } from "@/lib/platform/route-description";
import { classOf } from "@/lib/platform/route-limits";
import { everyRoute } from "@/tests/support/every-route";

const callers: Readonly<Record<Policy["caller"], string>> = {
  anyone: "anybody",
  "signed in": "who is signed in",
  member: "members",
  staff: "staff",
  cron: "a cron with its secret",
  stripe: "Stripe, by its signature",
};

/** Who may call which route, and how it is counted, as a table in Markdown: made of the routes themselves. */
export async function authorityTable(): Promise<string> {
  const routes = await everyRoute();
  const lines = routes.map(({ method, path, description }) => {
    if (!description) throw new Error(`${path} says nothing of itself`);
    const { policy, takes } = description;
    const limit = takes ? (classOf(policy, takes === "query") ?? "") : "";
    const recent = policy.recent === true ? "yes" : (policy.recent ?? "");
    const isForKeys = policy.caller === "member" && policy.keys;
    return row(
      `${method} \`${path}\``,
      callers[policy.caller],
      ...roles.map((role) => allowed(policy, role)),
      isForKeys ? policy.permission : "",
      recent,
      limit,
    );
  });
  const head = row(
    "route",
    "for",
    ...roles,
    "key with",
    "recent sign-in",
    "counted as",
  );
  const rule = row(...Array.from({ length: roles.length + 5 }, () => "---"));
  return format([head, rule, ...lines].join("\n"), { parser: "markdown" });
}

function allowed(policy: Policy, role: string): string {
  if (policy.caller !== "member") return "";
  return may(role, policy.permission as Permission) ? "yes" : "no";
}

function row(...cells: string[]): string {
  return `| ${cells.join(" | ")} |`;
}
