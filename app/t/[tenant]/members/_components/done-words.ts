/** What each form of the page says once it has worked. */
export const doneWords = {
  invited: "The invitation is on its way. It stands for seven days.",
  resent: "The invitation is on its way again. It stands for seven more days.",
  revoked: "The invitation is withdrawn. Its link opens nothing any more.",
  role: "The role is changed.",
  removed: "That person is no longer a member.",
} as const;
