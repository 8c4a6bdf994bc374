/** The documentation in the order in which it is read. What stands in docs/ and not here comes last. */
export const contents = [
  {
    title: "Start",
    pages: ["quick-start", "read-this-first", "going-live"],
  },
  {
    title: "Guides",
    pages: ["checkout-sessions", "customer-portal", "recipes", "special-price"],
  },
  {
    title: "Reference",
    pages: ["api", "events", "errors", "test-cards", "roles"],
  },
  {
    title: "Running it",
    pages: [
      "production-checklist",
      "security",
      "support",
      "refund-policy",
      "metrics",
      "alarms",
      "backup",
      "reliability",
      "scaling",
    ],
  },
] as const;
