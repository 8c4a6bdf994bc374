import type { DoneWords } from "@/app/_components/done-banner";

/** What each form of the billing pages says once it has worked. */
export const doneWords = {
  changed: "The plan is changed.",
  planned: "The change is planned. Until then nothing changes.",
  undone: "The change is called off. The plan goes on as it is.",
  ending: "The plan will end. You keep it until then.",
  ended: "The plan has ended. Nothing more is charged.",
  running: "The plan is running.",
  paused: "The plan is paused. Nothing is charged until you resume it.",
  paid: "The payment is done.",
} as const satisfies DoneWords;
