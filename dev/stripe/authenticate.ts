import { ApiError } from "./errors";

/** Refuses what is no test secret key; every accepted key means the one account. */
export function authenticate(header: string | undefined): void {
  const key = keyOf(header);
  if (key === undefined) {
    throw unauthorized(
      "You did not provide an API key. You need to provide your API key in the Authorization header, using Bearer auth (e.g. 'Authorization: Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication for details, or we can help at https://support.stripe.com/.",
    );
  }
  if (/^pk_test_\w{8,}$/.test(key)) {
    throw unauthorized(
      "This API call cannot be made with a publishable API key. Please use a secret API key. You can find a list of your API keys at https://dashboard.stripe.com/account/apikeys.",
    );
  }
  if (!/^(sk|rk)_test_\w{8,}$/.test(key)) {
    throw unauthorized(`Invalid API Key provided: ${masked(key)}`);
  }
}

function keyOf(header: string | undefined): string | undefined {
  const [scheme = "", value = ""] = (header ?? "").trim().split(/\s+/, 2);
  if (scheme.toLowerCase() === "bearer") return value || undefined;
  if (scheme.toLowerCase() !== "basic") return undefined;
  const [user] = Buffer.from(value, "base64").toString("utf8").split(":");
  return user || undefined;
}

function masked(key: string): string {
  const prefix = /^(sk|rk|pk)_(test|live)_/.exec(key)?.[0] ?? key.slice(0, 3);
  const hidden = Math.max(key.length - prefix.length - 4, 0);
  return `${prefix}${"*".repeat(hidden)}${hidden > 0 ? key.slice(-4) : ""}`;
}

function unauthorized(message: string): ApiError {
  return new ApiError(401, { message, type: "invalid_request_error" });
}
