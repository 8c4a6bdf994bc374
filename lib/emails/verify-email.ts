import type { Mail } from "@/lib/platform/mail";

export function verifyEmail({
  name,
  to,
  url,
}: {
  name: string;
  to: string;
  url: string;
}): Mail {
  return {
    to,
    subject: "Confirm your email address",
    text: `Hello ${name},

please confirm that this is your email address:

${url}

The link works for one hour. If you did not sign up, ignore this mail.
`,
  };
}
