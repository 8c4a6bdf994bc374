import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  matrix,
  may,
  mayDecideOver,
  permissions,
  roles,
} from "@/lib/auth/permissions";

const written = readFileSync("docs/roles.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| "))
  .map((line) =>
    line
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

describe("the written matrix", () => {
  it("names every role and every permission, in the order of the code", () => {
    expect(written[0]?.slice(2)).toEqual([...roles]);
    const named = written.slice(2).map(([permission]) => permission);
    expect(named).toEqual(permissions.map((name) => `\`${name}\``));
  });

  it.each(permissions.map((permission, index) => [permission, index] as const))(
    "says of %s what the code does",
    (permission, index) => {
      const answers = roles.map((role) =>
        may(role, permission) ? "yes" : "no",
      );
      expect(written[index + 2]?.slice(2)).toEqual(answers);
    },
  );
});

describe("a role", () => {
  it("that is not of ours may nothing", () => {
    for (const permission of permissions)
      for (const role of ["", "king", "__proto__", "Owner", "constructor"])
        expect(may(role, permission)).toBe(false);
  });

  it("decides only over roles that may no more than it does", () => {
    const decides = Object.fromEntries(
      roles.map((held) => [
        held,
        roles.filter((other) => mayDecideOver(held, other)),
      ]),
    );
    expect(decides).toEqual({
      owner: ["owner", "admin", "billing", "member", "viewer"],
      admin: ["admin", "member", "viewer"],
      billing: [],
      member: [],
      viewer: [],
    });
  });

  it("of an owner alone may everything", () => {
    const all = roles.filter(
      (role) => matrix[role].length === permissions.length,
    );
    expect(all).toEqual(["owner"]);
  });
});
