import { badParam } from "./errors";

/** Ranges that the SDK's types do not tell; what is absent or unset passes. */
export function checkRange(
  value: number | null | undefined,
  param: string,
  range: { min?: number; max?: number },
): void {
  if (value === null || value === undefined) return;
  const details = { code: "parameter_invalid_integer", param };
  const { min = -Infinity, max = Infinity } = range;
  if (value < min) {
    throw badParam(
      `This value must be greater than or equal to ${min}.`,
      details,
    );
  }
  if (value > max) {
    throw badParam(`This value must be less than or equal to ${max}.`, details);
  }
}

export function checkLength(
  text: string | null | undefined,
  param: string,
  max: number,
): void {
  if (!text || text.length <= max) return;
  throw badParam(
    `Invalid string: ${text.slice(0, 4)}...${text.slice(-4)}; must be at most ${max} characters`,
    { param },
  );
}

export function checkEmail(
  text: string | null | undefined,
  param: string,
): void {
  if (!text) return;
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) && text.length <= 512) return;
  throw badParam(`Invalid email address: ${text}`, {
    code: "email_invalid",
    param,
  });
}

export function checkUrl(text: string | null | undefined, param: string): void {
  // Checkout's template is legal in a URL here although braces are not.
  if (!text || (/^https?:\/\/\S+$/.test(text) && URL.canParse(text))) return;
  throw badParam("Not a valid URL", { code: "url_invalid", param });
}

export function checkExclusive(
  given: Record<string, unknown>,
  names: [string, string],
): void {
  if (names.some((name) => given[name] === undefined || given[name] === null))
    return;
  throw badParam(
    `You may only specify one of these parameters: ${names.join(", ")}.`,
    { param: names[0] },
  );
}

export function currencyOf(text: string, param = "currency"): string {
  if (/^[a-z]{3}$/i.test(text)) return text.toLowerCase();
  throw badParam(`Invalid currency: ${text}.`, { param });
}
