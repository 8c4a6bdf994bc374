/** Keys whose values are about people, or open doors. */
const hidden =
  /secret|url|pdf|email|phone|name|address|city|line1|line2|postal|state_or|ip|last4|fingerprint|description|nickname|descriptor|number|token/;
const id = /^[a-z]{2,12}_\w+$/;
const word = /^[a-z][a-z0-9_.]{0,48}$/;

/**
 * An event's payload for the eyes of staff: ids, amounts, moments and Stripe's own words; everything else
 * is shown as •••. By what is allowed, so that a new field is hidden until somebody looks at it.
 */
export function redact(value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((one) => redact(one, key));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, part]) => [
        name,
        key === "metadata" && !/^(tenant|intent|request)_id$/.test(name)
          ? "•••"
          : redact(part, name),
      ]),
    );
  }
  if (typeof value !== "string") return hidden.test(key) ? mask(value) : value;
  const known = id.test(value) || word.test(value);
  return known && !hidden.test(key) ? value : mask(value);
}

function mask(value: unknown): unknown {
  return value === null || value === "" ? value : "•••";
}
