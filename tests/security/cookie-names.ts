/** Sessions as somebody may make them up. */
export const cookieNames: readonly string[] = [
  "turnpike.session_token=x",
  "turnpike.session_token=",
  "turnpike.session_token=null.null",
  "turnpike.session_token=%00",
  "turnpike.session_token=%E0%A4%A",
  `turnpike.session_token=${"x".repeat(4000)}`,
  "__Secure-turnpike.session_token=x",
  "better-auth.session_token=x",
  "turnpike.session_data=eyJzZXNzaW9uIjp7fX0",
  "turnpike.session_token=x; turnpike.session_token=y",
  "isAdmin=true; role=owner; staff=1",
  "__proto__=x",
  ";;;=;=",
];
