/**
 * Every code that a caller can meet, with its HTTP status and what a person reads.
 * The words say what happened and what to do next; they never repeat the input.
 */
const catalogue = {
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
  no_session: [401, "You are signed out. Sign in and try again."],
  invalid_json: [400, "The request body is not valid JSON."],
  validation: [
    422,
    "Something in the form is not right. Check it and try again.",
  ],
  not_found: [404, "This does not exist, or it is not yours."],
  forbidden: [
    403,
    "Your role in this workspace does not allow this. Ask an owner.",
  ],
  choose_tenant: [
    422,
    "You belong to several workspaces. Say which one this is for.",
  ],
  unknown_price: [
    422,
    "This price is not for sale. Choose a plan on the pricing page.",
  ],
  amount_malformed: [
    422,
    "Write an amount such as 29.00, without a currency sign and without commas.",
  ],
  amount_out_of_range: [
    422,
    "This amount cannot be charged. Stripe takes between 0.50 and 999,999.99.",
  ],
  offer_name_taken: [
    409,
    "This workspace has an offer of that name for other terms. Withdraw that one first, or choose another name.",
  ],
  invalid_promotion_code: [
    422,
    "This code does not work here: it is mistyped, used up, or for something else. Try it without the code.",
  ],
  invalid_return_url: [
    422,
    "The return address is not allowed for this workspace.",
  ],
  already_subscribed: [
    409,
    "This workspace has a plan already. Use Change plan under Billing to switch to another.",
  ],
  payment_method_in_use: [
    409,
    "Your plan is paid with this. Use another one for payments first, then remove it.",
  ],
  checkout_in_progress: [
    409,
    "A checkout is being prepared. Try again in a second.",
  ],
  checkout_expired: [
    410,
    "This checkout has expired. Nothing was charged. Choose again to begin a new one.",
  ],
  checkout_complete: [
    409,
    "This checkout is paid for already and cannot be cancelled.",
  ],
  idempotency_mismatch: [
    422,
    "This Idempotency-Key was already used for another request.",
  ],
  invalid_idempotency_key: [
    400,
    "An Idempotency-Key has 1 to 255 printable ASCII characters.",
  ],
  customer_gone: [
    410,
    "This customer was deleted. The next purchase makes a new one.",
  ],
  customer_has_plan: [
    409,
    "This customer has a plan, which deleting would end at once. End the plan first.",
  ],
  customer_has_invoice: [
    409,
    "An invoice of this customer is open. It must be paid or voided first.",
  ],
  customer_has_checkout: [
    409,
    "A checkout of this customer is open. Cancel it first, or wait until it expires.",
  ],
  customer_has_payment: [
    409,
    "A payment of this customer is under way. Wait until it has arrived or failed.",
  ],
  customer_has_balance: [
    409,
    "This customer has a balance. Settle it in Stripe’s Dashboard first.",
  ],
  idempotency_key_missing: [
    400,
    "Send an Idempotency-Key, so that a repeated request is done only once.",
  ],
  outcome_unknown: [
    503,
    "The payment provider did not answer in time. Try again: it goes on where it stopped, and is done only once.",
  ],
  change_in_progress: [
    409,
    "Somebody else is changing this plan at the moment. Try again in a second.",
  ],
  subscription_ended: [
    409,
    "This plan has ended meanwhile. Nothing was changed. Choose a plan under Billing to begin anew.",
  ],
  subscription_refused: [
    409,
    "The payment provider refused this change of the plan. Nothing was charged. Open Billing to see how it stands.",
  ],
  change_not_offered: [
    422,
    "This plan cannot be changed to that one. Choose another.",
  ],
  preview_stale: [
    409,
    "What this costs has changed since it was shown. Nothing was charged. Look at the new amount and confirm again.",
  ],
  plan_ending: [
    409,
    "This plan is set to end. Resume it first, then change it.",
  ],
  plan_not_running: [
    409,
    "This plan is not running. Pay what is open or resume it first.",
  ],
  change_waiting: [
    409,
    "A change of this plan is waiting already. Undo it first.",
  ],
  managed_elsewhere: [
    409,
    "This plan follows a schedule that was agreed with us. Write to support to change it.",
  ],
  nothing_to_undo: [409, "There is no planned change. Nothing was changed."],
  nothing_to_resume: [
    409,
    "This plan is neither ending nor paused. Nothing was changed.",
  ],
  not_on_trial: [409, "This plan is not on trial. Nothing was changed."],
  payment_method_missing: [
    409,
    "There is no saved card to pay with. Add a payment method first. Nothing was charged.",
  ],
  invoice_closed: [
    409,
    "This invoice cannot be paid any more. Nothing was charged.",
  ],
  card_declined: [
    402,
    "Your card was declined. Nothing was charged. Try another card or ask your bank.",
  ],
  no_customer: [
    409,
    "There is nothing to manage yet: this workspace has not bought anything.",
  ],
  no_subscription: [
    409,
    "There is no plan to change: this workspace has none. Choose one first.",
  ],
  choose_subscription: [
    422,
    "This workspace has several plans. Say which one this is for.",
  ],
  same_price: [409, "This workspace is on that plan already."],
  portal_flow_refused: [
    409,
    "The plan cannot be changed that way as it is now. Open Manage subscription to see what can be done.",
  ],
  portal_not_set_up: [
    503,
    "Managing a plan is not set up here yet. Nothing was changed. Write to support.",
  ],
  billing_profile_missing: [
    409,
    "The payment provider does not know this workspace any more. Write to support.",
  ],
  reauth_required: [
    403,
    "You signed in a while ago. Give your password too, to show that it is you. Nothing was changed.",
  ],
  limit_reached: [
    403,
    "Your plan's limit is reached. Upgrade the plan to go on.",
  ],
  feature_not_in_plan: [
    403,
    "Your plan does not include this. Upgrade the plan to open it.",
  ],
  invalid_credentials: [401, "Email or password is wrong. Try again."],
  link_expired: [
    410,
    "This link has expired or was used already. Ask for a new one.",
  ],
  email_not_verified: [
    403,
    "Confirm your email address first: open the link we mailed you, or have it sent again.",
  ],
  invitation_over: [
    410,
    "This invitation has expired or was withdrawn. Ask for a new one.",
  ],
  other_address: [
    403,
    "This invitation is for another email address. Sign in with that one.",
  ],
  already_invited: [
    409,
    "This address has an open invitation already. Send it again from the list.",
  ],
  already_member: [409, "This address belongs to a member already."],
  last_owner: [
    409,
    "A workspace needs an owner. Make somebody else an owner first.",
  ],
  email_taken: [
    422,
    "This email cannot be used. Sign in if it is yours, or choose another.",
  ],
  weak_password: [422, "Choose a password of 8 to 128 characters."],
  wrong_password: [422, "This is not your password. Nothing was changed."],
  wrong_name: [
    422,
    "This is not the name of the workspace. Nothing was deleted. Type it as it is shown.",
  ],
  close_interrupted: [
    503,
    "Not everything could be cancelled at the payment provider, so the workspace was not deleted. Try again: it goes on where it stopped.",
  ],
  slug_malformed: [
    422,
    "An address has 3 to 60 small letters and digits, with single hyphens between them.",
  ],
  slug_taken: [409, "This address is taken. Choose another."],
  slug_reserved: [422, "This address is reserved. Choose another."],
  origin_not_allowed: [
    422,
    "This address belongs to another site. Add that site to the allowed ones first.",
  ],
  url_malformed: [
    422,
    "Write a whole address that begins with https:// and holds no login.",
  ],
  path_malformed: [422, "Write a path of this site, such as /t."],
  origins_malformed: [
    422,
    "Write up to 10 sites, one a line, such as https://shop.example.com: https, and nothing behind the name.",
  ],
  country_missing: [422, "Choose the country of this address."],
  tax_id_kind_missing: [422, "Choose the kind of this tax id."],
  tax_id_refused: [
    422,
    "This tax id does not fit its kind. Nothing was changed. Check both and try again.",
  ],
  rate_limited: [429, "Too many attempts. Wait a few minutes and try again."],
  too_many_passwords: [
    429,
    "Too many wrong passwords. Wait 15 minutes and try again, or choose a new password.",
  ],
  webhook_invalid: [400, "The webhook could not be verified."],
  webhook_failed: [500, "The event is stored and will be processed again."],
  price_mismatch: [
    503,
    "This price is being changed. Nothing was charged. Try again later.",
  ],
  payments_not_configured: [
    503,
    "Payments are not set up here yet. Nothing was charged.",
  ],
  payment_provider_unavailable: [
    503,
    "The payment provider does not answer. Nothing was charged. Try again in a minute.",
  ],
  not_configured: [
    503,
    "This deployment is not set up yet. Open /setup to see what is missing.",
  ],
  database_unavailable: [
    503,
    "The database does not answer. Try again in a minute.",
  ],
  internal: [
    500,
    "Something went wrong on our side. Nothing was lost. Try again.",
  ],
} as const satisfies Record<string, readonly [number, string]>;

export type ErrorCode = keyof typeof catalogue;

type Extra = {
  /** The field at fault, in the words of the request. */
  param?: string | undefined;
  /** Seconds after which trying again makes sense. */
  retryAfter?: number;
  /** Where a person can put it right: a path of this site. */
  hint?: string;
  /** Further members of the problem, in the names of the wire. */
  members?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/** The one error that carries meaning outwards. Anything else that is thrown answers as `internal`. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly param: string | undefined;
  readonly retryAfter: number | undefined;
  readonly hint: string | undefined;
  readonly members: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, extra: Extra = {}) {
    super(catalogue[code][1], { cause: extra.cause });
    this.code = code;
    this.status = catalogue[code][0];
    this.param = extra.param;
    this.retryAfter = extra.retryAfter;
    this.hint = extra.hint;
    this.members = extra.members ?? {};
  }
}

/** What a person reads for a code that travelled in a cookie or a query; null for an unknown one. */
export function messageFor(code: string): string | null {
  return Object.hasOwn(catalogue, code)
    ? catalogue[code as ErrorCode][1]
    : null;
}
