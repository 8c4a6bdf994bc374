import { afterEach, beforeEach, vi } from "vitest";

// A test that makes the code complain has to say that it expects so.
let allowed: RegExp[] = [];
let complaints: string[] = [];

beforeEach(() => {
  allowed = [];
  complaints = [];
  for (const level of ["error", "warn"] as const) {
    vi.spyOn(console, level).mockImplementation((...words: unknown[]) => {
      const text = words.map(String).join(" ");
      if (!allowed.some((pattern) => pattern.test(text))) {
        complaints.push(`console.${level}: ${text}`);
      }
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  if (complaints.length > 0) {
    throw new Error(
      `Unexpected, or else to be announced with expectConsoleError(pattern):\n${complaints.join("\n")}`,
    );
  }
});

/** Lets console.error and console.warn say this for the rest of the test. */
export function expectConsoleError(pattern: RegExp) {
  allowed.push(pattern);
}
