import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { differences } from "@/lib/sync/drift";

const end = new Date("2026-03-12T00:00:00Z");

describe("the differences between a row and Stripe", () => {
  it("are none where both say the same, in whatever order and kind of number", () => {
    const items = [{ id: "a", quantity: 1 }, { id: "b" }];
    expect(
      differences(
        { total: 5n, end, items: items.toReversed(), ours: "alone" },
        { total: 5n, end: new Date(end), items },
      ),
    ).toEqual([]);
  });

  it("name the field, what we have and what Stripe has", () => {
    expect(differences({ status: "active" }, { status: "canceled" })).toEqual([
      { field: "status", ours: '"active"', stripes: '"canceled"' },
    ]);
  });

  it("are found for a row that is not there", () => {
    expect(differences(undefined, { status: "active" })).toHaveLength(1);
  });

  it("are found for any change of any single fact", () => {
    const fact = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.date({ noInvalidDate: true }),
      fc.constant(null),
    );
    fc.assert(
      fc.property(fact, fact, (ours, stripes) => {
        fc.pre(JSON.stringify(ours) !== JSON.stringify(stripes));
        expect(differences({ fact: ours }, { fact: stripes })).toHaveLength(1);
      }),
    );
  });
});
