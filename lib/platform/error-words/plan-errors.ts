/** A plan that somebody has, and changes of it. Each: status, words, seconds until the same request may be sent again. */
export const planErrors = {
  no_subscription: [
    409,
    "There is no plan to change: this workspace has none. Choose one first.",
  ],
  choose_subscription: [
    422,
    "This workspace has several plans. Say which one this is for.",
  ],
  same_price: [409, "This workspace is on that plan already."],
  change_in_progress: [
    409,
    "Somebody else is changing this plan at the moment. Try again in a second.",
    1,
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
  portal_flow_refused: [
    409,
    "The plan cannot be changed that way as it is now. Open Manage subscription to see what can be done.",
  ],
  portal_not_set_up: [
    503,
    "Managing a plan is not set up here yet. Nothing was changed. Write to support.",
  ],
  limit_reached: [
    403,
    "Your plan's limit is reached. Upgrade the plan to go on.",
  ],
  feature_not_in_plan: [
    403,
    "Your plan does not include this. Upgrade the plan to open it.",
  ],
} as const;
