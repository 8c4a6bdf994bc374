import type { DoneWords } from "@/app/_components/done-banner";

export const doneWords = {
  refunded: "The refund is made. The workspace is told by mail.",
} as const satisfies DoneWords;
