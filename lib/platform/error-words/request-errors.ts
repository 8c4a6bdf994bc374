/** What is wrong with a request, whoever sends it. Each: status, words, seconds until the same request may be sent again. */
export const requestErrors = {
  method_not_allowed: [
    405,
    "This address does not accept that kind of request.",
  ],
  body_too_large: [413, "The request is too large."],
  unsupported_media_type: [415, "Send JSON or a form."],
  cross_site: [
    403,
    "This request came from another site. Open the page again and retry.",
  ],
  invalid_json: [400, "The request body is not valid JSON."],
  validation: [
    422,
    "Something in the form is not right. Check it and try again.",
  ],
  not_found: [404, "This does not exist, or it is not yours."],
  choose_tenant: [
    422,
    "You belong to several workspaces. Say which one this is for.",
  ],
  idempotency_key_missing: [
    400,
    "Send an Idempotency-Key, so that a repeated request is done only once.",
  ],
  invalid_idempotency_key: [
    400,
    "An Idempotency-Key has 1 to 255 printable ASCII characters.",
  ],
  idempotency_mismatch: [
    422,
    "This Idempotency-Key was already used for another request.",
  ],
  invalid_return_url: [
    422,
    "The return address is not allowed for this workspace.",
  ],
  url_malformed: [
    422,
    "Write a whole address that begins with https:// and holds no login.",
  ],
  path_malformed: [422, "Write a path of this site, such as /t."],
  origin_not_allowed: [
    422,
    "This address belongs to another site. Add that site to the allowed ones first.",
  ],
  origins_malformed: [
    422,
    "Write up to 10 sites, one a line, such as https://shop.example.com: https, and nothing behind the name.",
  ],
  rate_limited: [
    429,
    "Too many attempts. Wait a few minutes and try again.",
    60,
  ],
} as const;
