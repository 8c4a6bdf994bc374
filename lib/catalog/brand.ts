/** Everything that names the product: change it here. */
export const brand = {
  name: "Turnpike",
  tagline: "Billing that works from the first minute",
  description:
    "A Next.js SaaS billing starter: sign-up, workspaces, plans, hosted checkout, customer portal and webhooks, running on one command.",
  supportEmail: "support@example.com",
  legal: [
    { label: "Terms", href: "/terms" },
    { label: "Privacy", href: "/privacy" },
    { label: "Refunds", href: "/refunds" },
  ],
} as const;
