/** What each form of the page says once it has worked. */
export const doneWords = {
  changed: "It is changed.",
  default: "From now on payments are made with this.",
  removed: "It is removed and cannot be charged any more.",
} as const;
