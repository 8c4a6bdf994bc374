import type { DoneWords } from "@/app/_components/done-banner";

export const doneWords = {
  refunded:
    "The refund is under way. Banks take five to ten days to show the money.",
} as const satisfies DoneWords;
