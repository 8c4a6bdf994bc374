import { describe, expect, it } from "vitest";
import { fieldProblem } from "@/app/_components/field-problem";

const problem = {
  code: "validation",
  message: "Something in the form is not right.",
  requestId: "req_1",
};

describe("beside a field", () => {
  it("stands nothing while nothing is wrong, or something else is", () => {
    const fields = [{ name: "email", code: "invalid_format" }];
    expect(fieldProblem(null, "email", "email")).toBeNull();
    expect(fieldProblem({ ...problem, fields }, "name", "text")).toBeNull();
  });

  it.each([
    ["invalid_format", "email", /name@example\.com/],
    ["invalid_format", "url", /https:\/\//],
    ["too_small", "password", "This is too short."],
    ["too_big", "text", "This is too long."],
    ["too_big", "number", "This is too large."],
    ["invalid_type", "number", "Write a number."],
    ["never_heard_of", "text", "This is not right. Check it."],
  ])("%s of a field of type %s is said in words", (code, type, words) => {
    const fields = [{ name: "it", code }];
    expect(fieldProblem({ ...problem, fields }, "it", type)).toMatch(words);
  });

  it("stands the message itself, when that is about the field", () => {
    const fields = [{ name: "password", code: null }];
    const message = "Choose a password of 8 to 128 characters.";
    expect(
      fieldProblem({ ...problem, message, fields }, "password", "password"),
    ).toBe(message);
  });
});
