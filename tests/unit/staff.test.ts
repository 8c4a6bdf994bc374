import { describe, expect, it, vi } from "vitest";
import { parseEnv } from "@/lib/platform/env";

describe("staff", () => {
  it("are those named, whatever the case, once they have verified the address", async () => {
    vi.stubEnv("STAFF_EMAILS", "Ada@example.com, grace@example.com");
    const { isStaff } = await import("@/lib/auth/staff");
    const verified = { emailVerified: true };
    expect(isStaff({ email: "ada@example.com", ...verified })).toBe(true);
    expect(isStaff({ email: "Grace@Example.com", ...verified })).toBe(true);
    expect(isStaff({ email: "eve@example.com", ...verified })).toBe(false);
    expect(isStaff({ email: "ada@example.com", emailVerified: false })).toBe(
      false,
    );
  });

  it("are nobody while nobody is named", () => {
    expect(parseEnv({ STAFF_EMAILS: " " }).STAFF_EMAILS).toEqual([]);
  });

  it("must be emails, or the app does not start", () => {
    expect(() => parseEnv({ STAFF_EMAILS: "ada" })).toThrow(/STAFF_EMAILS/);
  });
});
