/** What a charge has become, by its state. */
export const doneWords = {
  asked: "Everybody who pays for this workspace is mailed where to pay it.",
  paid: "It is paid.",
  under_way: "The bank is working on it. It can take some days.",
  confirm:
    "The bank wants its customer to confirm it. They are mailed where; nothing was charged yet.",
  declined:
    "The card was declined, and nothing was charged. Its owner is mailed where to pay it otherwise.",
  cancelled: "It is called off and cannot be paid any more.",
} as const;
