import type { Problem } from "./form-alert";

/** What a person reads beside the field called `name`; null when it is not at fault. */
export function fieldProblem(
  problem: Problem | null,
  name: string,
  type: string | undefined,
): string | null {
  const fault = problem?.fields?.find((field) => field.name === name);
  if (!problem || !fault) return null;
  return fault.code === null ? problem.message : sentence(fault.code, type);
}

/** In words, from the code of what the field failed (zod's) and what it is for. */
function sentence(code: string, type: string | undefined): string {
  if (type === "email") return "Write an address such as name@example.com.";
  if (type === "url") return "Write a whole address, beginning with https://.";
  switch (code) {
    case "too_small":
      return type === "number" ? "This is too small." : "This is too short.";
    case "too_big":
      return type === "number" ? "This is too large." : "This is too long.";
    case "invalid_type":
      return type === "number" ? "Write a number." : "Fill this in.";
    case "invalid_value":
      return "Choose one of the values offered.";
    default:
      return "This is not right. Check it.";
  }
}
