/** The body of Stripe's error answer, in the order Stripe sends its keys (alphabetical). */
export type ErrorBody = {
  advice_code?: string;
  charge?: string;
  code?: string;
  decline_code?: string;
  doc_url?: string;
  message: string;
  network_decline_code?: string;
  param?: string;
  payment_intent?: object;
  payment_method?: object;
  type:
    "api_error" | "card_error" | "idempotency_error" | "invalid_request_error";
};

/** Thrown by an operation that changes nothing: the transaction around it is undone. */
export class ApiError extends Error {
  /** Found before anything was executed: an idempotency key does not remember it. */
  early = false;
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message);
  }
}

/** Returned by an operation whose refusal leaves objects behind, such as a declined charge. */
export type Refusal = { refusal: ApiError };

export function isRefusal(result: object): result is Refusal {
  return "refusal" in result && result.refusal instanceof ApiError;
}

export function invalidRequest(
  message: string,
  details: { code?: string; param?: string; status?: number } = {},
): ApiError {
  const { code, param, status = 400 } = details;
  return new ApiError(status, {
    ...(code && { code, doc_url: docUrl(code) }),
    message,
    ...(param !== undefined && { param }),
    type: "invalid_request_error",
  });
}

/** A parameter out of its range: the request was never executed. */
export function badParam(
  message: string,
  details: { code?: string; param: string },
): ApiError {
  return Object.assign(invalidRequest(message, details), { early: true });
}

/** An id in the path that does not exist (404), or one in a parameter (400). */
export function noSuch(
  what: string,
  id: string,
  at: { param: string; status?: 400 | 404 },
): ApiError {
  return invalidRequest(`No such ${what}: '${id}'`, {
    code: "resource_missing",
    param: at.param,
    status: at.status ?? 404,
  });
}

export function missingParam(param: string): ApiError {
  return invalidRequest(`Missing required param: ${param}.`, {
    code: "parameter_missing",
    param,
  });
}

/** What exists at Stripe and not here is refused by name, never approximated. */
export function notBuilt(what: string): ApiError {
  return new ApiError(501, {
    code: "emulator_not_built",
    message: `The Stripe emulator does not support ${what} yet.`,
    type: "api_error",
  });
}

export function cardError(
  failure: {
    code: string;
    decline_code?: string;
    message: string;
    param?: string;
  },
  objects: Pick<ErrorBody, "charge" | "payment_intent" | "payment_method"> = {},
): ApiError {
  const declined = failure.code === "card_declined";
  return new ApiError(402, {
    ...(declined && { advice_code: "try_again_later" }),
    ...(objects.charge && { charge: objects.charge }),
    code: failure.code,
    ...(failure.decline_code && { decline_code: failure.decline_code }),
    doc_url: docUrl(failure.code),
    message: failure.message,
    ...(declined && { network_decline_code: "01" }),
    ...(failure.param !== undefined && { param: failure.param }),
    ...(objects.payment_intent && { payment_intent: objects.payment_intent }),
    ...(objects.payment_method && { payment_method: objects.payment_method }),
    type: "card_error",
  });
}

function docUrl(code: string): string {
  return `https://stripe.com/docs/error-codes/${code.replaceAll("_", "-")}`;
}
