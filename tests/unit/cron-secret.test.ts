import { beforeEach, describe, expect, it, vi } from "vitest";

beforeEach(() => {
  vi.resetModules(); // the environment is read once
  Object.assign(process.env, {
    APP_URL: "http://localhost:3000",
    DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing",
    BETTER_AUTH_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
    LOG_LEVEL: "silent",
  });
});

/** The code it is refused with, or null where the cron may run. */
async function refusalOf(authorization?: string): Promise<string | null> {
  const { requireCronSecret } = await import("@/lib/auth/cron");
  const headers = authorization ? { authorization } : undefined;
  const request = new Request("http://localhost:3000/api/cron/heal", {
    headers,
  });
  try {
    requireCronSecret(request);
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe("the cron", () => {
  it.each([undefined, "", "Bearer ", "Bearer undefined", "Bearer null"])(
    "is closed to %j while no secret is set",
    async (given) => {
      process.env["CRON_SECRET"] = "";
      expect(await refusalOf(given)).toBe("no_session");
    },
  );

  it("runs for its secret alone", async () => {
    const secret = "a-cron-secret-of-the-tests";
    process.env["CRON_SECRET"] = secret;
    expect(await refusalOf(`Bearer ${secret}`)).toBeNull();
    for (const given of [secret, `bearer ${secret}`, `Bearer ${secret}x`])
      expect(await refusalOf(given)).toBe("no_session");
  });
});
