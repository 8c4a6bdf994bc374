/** What each form of the page says once it has worked. */
export const doneWords = {
  offered: "The price is offered. It stands on the workspace’s billing page.",
  withdrawn: "The price is withdrawn. Nobody can buy it any more.",
  hidden: "The price is hidden from this workspace.",
  customer: "The customer is deleted. The next purchase makes a new one.",
  running: "The plan has begun.",
  payment_needed:
    "The first payment failed: the plan waits for it, and gives nothing before. Its owner pays it under Billing.",
  shown: "The price is offered to this workspace again.",
  resynced: "Fetched from Stripe. What follows is as Stripe has it now.",
} as const;
