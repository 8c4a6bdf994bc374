import { AppError, type ErrorCode } from "@/lib/platform/errors";
import { classOf } from "@/lib/platform/route-limits";
import type {
  Policy,
  RouteDescription,
} from "@/lib/platform/route-description";

/** The codes that the guard itself refuses with, and the route's own, by status. */
export function refusals(route: RouteDescription): object {
  if (route.takes === null && route.policy.caller === "anyone") return {};
  const codes = codesOf(route);
  const statusOf = (code: ErrorCode) => new AppError(code).status;
  const once = [...new Set(codes)].toSorted();
  return Object.fromEntries(
    once.map((one) => [
      statusOf(one),
      {
        $ref: "#/components/responses/Problem",
        description: once
          .filter((code) => statusOf(code) === statusOf(one))
          .join(", "),
      },
    ]),
  );
}

/** Everything that this route is said to refuse with. */
export function codesOf({
  policy,
  takes,
  refusals: own,
}: RouteDescription): ErrorCode[] {
  const isMoney = classOf(policy, takes === "query") === "money";
  return [
    ...guarded(policy),
    ...(policy.recent ? recentCodes : []),
    ...(takes === "body" ? bodyCodes : []),
    ...(takes === null ? [] : (["validation"] as const)),
    ...(own ?? []),
    ...(isMoney ? (["too_many_declines"] as const) : []),
    "rate_limited",
    "database_unavailable",
    "internal",
  ];
}

const recentCodes = [
  "reauth_required",
  "wrong_password",
  "too_many_passwords",
] as const;

const keyCodes = [
  "api_key_invalid",
  "api_key_misused",
  "api_key_scope",
] as const;

const bodyCodes = [
  "body_too_large",
  "unsupported_media_type",
  "cross_site",
  "invalid_json",
] as const;

function guarded(policy: Policy): ErrorCode[] {
  switch (policy.caller) {
    case "anyone":
      return [];
    case "signed in":
      return ["no_session"];
    case "member":
      return [
        ...(["no_session", "not_found", "forbidden", "choose_tenant"] as const),
        ...(policy.keys ? keyCodes : []),
      ];
    case "staff":
      return ["not_found"];
    case "cron":
      return ["no_session"];
    case "stripe":
      return ["webhook_invalid", "webhook_failed", "body_too_large"];
  }
}
