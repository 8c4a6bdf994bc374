/** Who somebody is, and what they may. Each: status, words, seconds until the same request may be sent again. */
export const peopleErrors = {
  no_session: [401, "You are signed out. Sign in and try again."],
  forbidden: [
    403,
    "Your role in this workspace does not allow this. Ask an owner.",
  ],
  api_key_invalid: [
    401,
    "This API key does not exist any more: it is mistyped, revoked or expired, or its maker has left. Make a new one under Settings.",
  ],
  api_key_misused: [
    400,
    "Send an API key as a bearer, with JSON and without cookies.",
  ],
  api_key_scope: [
    403,
    "This API key may not do that. Make one with another scope under Settings, or ask an owner.",
  ],
  reauth_required: [
    403,
    "You signed in a while ago. Give your password too, to show that it is you. Nothing was changed.",
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
  owns_workspace: [
    409,
    "You are the only owner of a workspace. Delete it first, or make somebody else its owner.",
  ],
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
  too_many_passwords: [
    429,
    "Too many wrong passwords. Wait 15 minutes and try again, or choose a new password.",
    900,
  ],
  too_many_declines: [
    429,
    "Too many cards were declined. Nothing was charged. Wait ten minutes, then use a card that you know to work.",
    600,
  ],
  wrong_name: [
    422,
    "This is not the name of the workspace. Nothing was deleted. Type it as it is shown.",
  ],
  close_interrupted: [
    503,
    "Not everything could be cancelled at the payment provider, so the workspace was not deleted. Try again: it goes on where it stopped.",
    5,
  ],
  slug_malformed: [
    422,
    "An address has 3 to 60 small letters and digits, with single hyphens between them.",
  ],
  slug_taken: [409, "This address is taken. Choose another."],
  slug_reserved: [422, "This address is reserved. Choose another."],
} as const;
