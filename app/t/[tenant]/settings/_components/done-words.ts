/** What each form of the page says once it has worked. */
export const doneWords = {
  workspace: "The name and address are saved.",
  details: "The billing details are saved. Your next invoice carries them.",
  addresses: "The return addresses are saved.",
  revoked: "The key is revoked. Servers that used it are refused.",
} as const;
