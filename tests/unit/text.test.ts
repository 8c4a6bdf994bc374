import { describe, expect, it } from "vitest";
import { line } from "@/lib/platform/text";

describe("a line of text", () => {
  it.each(["Ada", " Ada ", "Ada’s 🛣️ workspace", "王", "o'Hara"])(
    "may be %j",
    (text) => {
      expect(line(80).parse(text)).toBe(text.trim());
    },
  );

  it.each([
    "",
    "  ",
    "\u200b",
    "a\0b",
    "a\nb",
    "\ud800",
    "\u202e",
    "x".repeat(81),
  ])("is never %j", (text) => {
    expect(line(80).safeParse(text).success).toBe(false);
  });
});
