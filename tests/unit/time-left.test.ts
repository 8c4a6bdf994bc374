import { describe, expect, it } from "vitest";
import {
  announcement,
  timeLeft,
} from "@/app/checkout/[sessionId]/_components/time-left";

const minute = 60;

describe("the time left", () => {
  it.each([
    [24 * 60 * minute, "24 h 00 min left"],
    [61 * minute, "1 h 01 min left"],
    [60 * minute, "1 h 00 min left"],
    [60 * minute - 1, "59 min 59 s left"],
    [61, "1 min 01 s left"],
    [0.2, "0 min 01 s left"],
    [0, "Expired"],
    [-5, "Expired"],
  ])("of %s s reads %s", (left, text) => {
    expect(timeLeft(left)).toBe(text);
  });

  it("is announced at ten, five and one minutes and at the end, and not between", () => {
    const heard: string[] = [];
    for (let left = 30 * minute; left >= 0; left -= 1) {
      const text = announcement(left);
      if (text && text !== heard.at(-1)) heard.push(text);
    }
    expect(heard).toEqual([
      "Ten minutes left to pay.",
      "Five minutes left to pay.",
      "One minute left to pay.",
      "This checkout has expired.",
    ]);
  });
});
