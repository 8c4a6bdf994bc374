/** What each form of the page says once it has worked. */
export const doneWords = {
  name: "Your name is changed.",
  email:
    "A link is on its way to the new address. It counts once you have opened that.",
  verification: "Sent. Look in your inbox.",
  password: "Your password is changed. Every other session has ended.",
  session: "That session has ended.",
  sessions: "Every other session has ended.",
} as const;
