import { beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AppError } from "@/lib/platform/errors";
import { decodeFlash } from "@/lib/platform/flash";
import { route } from "@/lib/platform/http";
import { safePath } from "@/lib/platform/safe-path";

Object.assign(process.env, {
  APP_URL: "https://app.example.com",
  DATABASE_URL: "postgres://localhost/unused",
  BETTER_AUTH_SECRET: "a-secret-of-the-tests-and-of-nothing-else",
  LOG_LEVEL: "silent",
});

let calls: unknown[] = [];
beforeEach(() => {
  calls = [];
});

const post = route(
  {
    access: {
      policy: { caller: "cron" }, // who is not counted: there is no database here
      identify: async (request) => {
        if (!request.headers.get("cookie")) throw new AppError("no_session");
        return "ada";
      },
      authorize: async (caller) => ({ caller }),
    },
    body: z.strictObject({
      name: z.string().min(1),
      count: z.int().optional(),
    }),
    fromForm: ({ count, ...fields }) => ({
      ...fields,
      ...(count && { count: Number(count) }),
    }),
    keep: ["name", "other", "third"],
  },
  async ({ input, requestId }) => {
    if (input.name === "explode") throw new Error("secret detail");
    calls.push(input);
    return { body: { ok: true, requestId }, location: "/done" };
  },
);

const good = {
  origin: "https://app.example.com",
  cookie: "session=1",
  "content-type": "application/json",
};

function send(
  headers: Record<string, string>,
  body: BodyInit = '{"name":"x"}',
) {
  return post(
    new Request("https://app.example.com/api/x", {
      method: "POST",
      headers,
      body,
    }),
  );
}

const without = (name: keyof typeof good) =>
  Object.fromEntries(Object.entries(good).filter(([key]) => key !== name));

describe("a guarded route", () => {
  it("says who may call it and what it takes", () => {
    const { policy, takes, input } = post.description;
    expect(policy).toEqual({ caller: "cron" });
    expect(takes).toBe("body");
    expect(input?.safeParse({ name: "" }).success).toBe(false);
  });

  it("answers JSON with JSON, a request id and no caching", async () => {
    const answer = await send(good);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    const { requestId } = (await answer.json()) as { requestId: string };
    expect(requestId).toMatch(/^req_/);
    expect(answer.headers.get("request-id")).toBe(requestId);
  });

  it.each([
    ["no origin", without("origin"), 403],
    ["a foreign origin", { ...good, origin: "https://evil.com" }, 403],
    ["a null origin", { ...good, origin: "null" }, 403],
    [
      "a look-alike",
      { ...good, origin: "https://app.example.com.evil.com" },
      403,
    ],
    [
      "a forwarded host",
      { ...good, origin: "https://evil.com", "x-forwarded-host": "evil.com" },
      403,
    ],
    [
      "a sibling site",
      { ...without("origin"), "sec-fetch-site": "same-site" },
      403,
    ],
    [
      "a cross-site fetch",
      { ...without("origin"), "sec-fetch-site": "cross-site" },
      403,
    ],
    [
      "an own origin that the browser contradicts",
      { ...good, "sec-fetch-site": "cross-site" },
      403,
    ],
    [
      "a foreign origin that calls itself our site",
      { ...good, origin: "https://evil.com", "sec-fetch-site": "same-origin" },
      403,
    ],
    ["no session", without("cookie"), 401],
    ["plain text", { ...good, "content-type": "text/plain" }, 415],
    [
      "no content type",
      { ...without("content-type"), "content-type": "" },
      415,
    ],
    [
      "multipart",
      { ...good, "content-type": "multipart/form-data; boundary=x" },
      415,
    ],
    [
      "utf-16",
      { ...good, "content-type": "application/json; charset=utf-16" },
      415,
    ],
    [
      "two types",
      { ...good, "content-type": "application/json, text/plain" },
      415,
    ],
    ["a compressed body", { ...good, "content-encoding": "gzip" }, 415],
  ])("refuses %s", async (_, headers, status) => {
    const answer = await send(headers);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(calls).toEqual([]);
  });

  it("takes a same-origin fetch that sends no Origin", async () => {
    expect(
      (await send({ ...without("origin"), "sec-fetch-site": "same-origin" }))
        .status,
    ).toBe(200);
  });

  it.each([
    ["an empty body", "", 400],
    ["half a body", "{", 400],
    ["bytes that are not UTF-8", new Uint8Array([0x22, 0xff, 0x22]), 400],
    ["a byte-order mark", "\ufeff{}", 400],
    ["null", "null", 422],
    ["a list", "[]", 422],
    ["a number", "42", 422],
    ["an unknown key", '{"name":"x","role":"owner"}', 422],
    ["a key that stands there twice", '{"name":"x","name":"y"}', 422],
    ["a prototype", '{"name":"x","__proto__":{"role":"owner"}}', 422],
    ["10,000 levels", `${"[".repeat(8000)}${"]".repeat(8000)}`, 422],
    ["16 KiB and a byte", `{"name":"${"x".repeat(16_385 - 11)}"}`, 413],
  ])("refuses %s", async (_, body, status) => {
    expect((await send(good, body)).status).toBe(status);
    expect(calls).toEqual([]);
    expect(Object.prototype).not.toHaveProperty("role");
  });

  it("counts the bytes itself where no length is declared", async () => {
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(new Uint8Array(1024)),
    });
    const request = new Request("https://app.example.com/", {
      method: "POST",
      headers: good,
      body: endless,
      duplex: "half",
    } as RequestInit);
    expect((await post(request)).status).toBe(413);
  });

  it("says nothing of an unexpected error but its request id", async () => {
    const answer = await send(good, '{"name":"explode"}');
    expect(answer.status).toBe(500);
    const text = await answer.text();
    expect(text).not.toContain("secret");
    expect(JSON.parse(text)).toMatchObject({ code: "internal" });
  });
});

describe("a form post of a browser", () => {
  const form = {
    ...good,
    accept: "text/html",
    "content-type": "application/x-www-form-urlencoded",
    referer: "https://app.example.com/t/acme?tab=1",
  };

  it("goes on by 303, its numbers read as numbers", async () => {
    const answer = await send(form, "name=x&count=2");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/done",
    ]);
    expect(calls).toEqual([{ name: "x", count: 2 }]);
  });

  it("comes back to its page when refused, with the code and what was typed", async () => {
    const answer = await send(form, "name=x&count=abc");
    expect([answer.status, answer.headers.get("location")]).toEqual([
      303,
      "/t/acme?tab=1",
    ]);
    const cookie = answer.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(
      /Path=\/t\/acme; Max-Age=30; HttpOnly; SameSite=Lax; Secure$/,
    );
    const flash = decodeFlash(/turnpike_flash=([^;]*)/.exec(cookie)?.[1]);
    expect(flash).toMatchObject({ code: "validation", values: { name: "x" } });
    expect(flash?.fields.map(({ name }) => name)).toEqual(["count"]);
    expect(flash?.action).toBe("/api/x");
  });

  it("does not come back to what its page said of an earlier form that worked", async () => {
    const referer = "https://app.example.com/t/acme?tab=1&done=role";
    const answer = await send({ ...form, referer }, "name=x&count=abc");
    expect(answer.headers.get("location")).toBe("/t/acme?tab=1");
  });

  it("with a repeated field is refused: which one is meant?", async () => {
    const answer = await send({ ...form, accept: "*/*" }, "name=x&name=y");
    expect(answer.status).toBe(422);
    expect(calls).toEqual([]);
  });

  it("keeps no more of what was typed than a cookie holds", async () => {
    const answer = await send(form, `name=${"x".repeat(15_000)}&count=abc`);
    expect((answer.headers.get("set-cookie") ?? "").length).toBeLessThan(1000);
  });

  it("keeps each value whole or not at all, and the refusal in any case", async () => {
    const long = "é".repeat(400);
    for (const body of [
      { name: long, other: "short", third: "é".repeat(1200) },
      { name: "é".repeat(1200), other: "short", third: long },
    ]) {
      const answer = await send(form, `${new URLSearchParams(body)}&count=abc`);
      const cookie = answer.headers.get("set-cookie") ?? "";
      const [pair = ""] = cookie.split(";");
      expect(pair.length).toBeLessThan(4096);
      const flash = decodeFlash(pair.replace("turnpike_flash=", ""));
      expect(flash?.code).toBe("validation");
      const kept = Object.values(flash?.values ?? {});
      expect(kept.toSorted()).toEqual(["short", long]);
    }
  });

  it("takes back what an earlier try left behind, once it succeeds", async () => {
    const cookie = `${form.cookie}; turnpike_flash=x`;
    const answer = await send({ ...form, cookie }, "name=x");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^turnpike_flash=; Path=\/t\/acme; Max-Age=0;/,
    );
  });

  it("without a session goes to sign in and back", async () => {
    const answer = await send({ ...form, cookie: "" }, "name=x");
    expect(answer.headers.get("location")).toBe(
      "/sign-in?next=%2Ft%2Facme%3Ftab%3D1",
    );
  });

  it("from another site is refused outright", async () => {
    expect(
      (await send({ ...form, origin: "https://evil.com" }, "name=x")).status,
    ).toBe(403);
  });

  it.each([
    "https://evil.com/x",
    "nonsense",
    "https://app.example.com//evil.com",
  ])("is never sent back to %s", async (referer) => {
    const answer = await send({ ...form, referer }, "name=");
    expect(answer.status).toBe(422);
  });
});

describe("a flash", () => {
  it.each(["", "rubbish", "eyJjb2RlIjoiX19wcm90b19fIn0", undefined])(
    "that we did not write (%j) says nothing",
    (text) => {
      expect(decodeFlash(text)).toBeNull();
    },
  );

  it("with a code that is none says nothing", () => {
    const rest = { requestId: "x", values: {}, action: "/api/x", fields: [] };
    const forged = { ...rest, code: "__proto__" };
    expect(
      decodeFlash(Buffer.from(JSON.stringify(forged)).toString("base64url")),
    ).toBeNull();
  });
});

describe("a path to return to", () => {
  it.each(["/t", "/t/acme/billing?price=pro#plans", "/a/../b"])(
    "may be %s",
    (path) => {
      expect(safePath(path)).not.toBeNull();
    },
  );

  it.each([
    "",
    "t",
    "//evil.com",
    "/\\evil.com",
    "/\t/evil.com",
    "https://evil.com",
    "/ x",
    "/x\n",
    "/.//evil.com",
    "/a/..//evil.com",
    "/%2e//evil.com",
    "/a/../..//evil.com/x",
  ])("is never %j", (path) => {
    expect(safePath(path)).toBeNull();
  });
});
