import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasRepeatedKey } from "@/lib/platform/repeated-key";

describe("a key that stands there twice", () => {
  it.each([
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"x":[{"a":1},{"a":1,"b":{},"a":2}]}',
    '{ "plan" : "a" , "plan" : "b" }',
    '{"__proto__":1,"__proto__":2}',
    '{"":1,"":2}',
  ])("is seen in %s", (text) => {
    expect(hasRepeatedKey(text)).toBe(true);
  });

  it.each([
    '{"a":"a","b":"a"}',
    '{"a":["a","a",{"a":1}],"b":{"a":1}}',
    '["a","a"]',
    String.raw`{"a":"\",\"a\":1,\"a\":1"}`,
    '"a"',
    "[]",
  ])("is not seen in %s", (text) => {
    expect(hasRepeatedKey(text)).toBe(false);
  });

  it("is never seen in what was made of an object", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const canonical = JSON.stringify(JSON.parse(text));
        expect(hasRepeatedKey(canonical)).toBe(false);
      }),
    );
  });
});
