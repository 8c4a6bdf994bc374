import { readFile } from "node:fs/promises";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { toCsv } from "@/lib/admin/metrics/csv";
import { measure } from "@/lib/admin/metrics/measure";
import type { Cell, Figure } from "@/lib/admin/metrics/metric";
import { metrics } from "@/lib/admin/metrics/metrics";
import { pile } from "@/app/admin/_components/metrics/pile";
import {
  asText,
  metricsFilter,
  metricsRequest,
  periodOf,
} from "@/lib/admin/metrics/period";
import { metricsDocument } from "@/tests/support/metrics-document";

const at = (text: string) => new Date(`${text}T00:00:00Z`);
const daysOf = ({ starts }: { starts: readonly Date[] }) =>
  starts.map((start) => start.toISOString().slice(0, 10));

describe("the time that is looked at", () => {
  it.each([{}, { period: "12m", until: "" }, { until: "2026-03-01" }])(
    "asked for by a page as %j, is what its files are asked for",
    (searched) => {
      const query = metricsFilter.parse(searched);
      const file = Object.fromEntries(new URLSearchParams(asText(query)));
      expect(metricsRequest.parse(file)).toEqual(
        JSON.parse(JSON.stringify(query)),
      );
    },
  );

  it("is thirty days, the last of them today", () => {
    const now = new Date("2026-03-01T23:59:59Z");
    const period = periodOf({ period: "30d" }, now);
    expect(daysOf(period)).toHaveLength(30);
    expect(daysOf(period)[0]).toBe("2026-01-31");
    expect(daysOf(period).at(-1)).toBe("2026-03-01");
    expect(period.to).toEqual(at("2026-03-02"));
  });

  it("is twelve weeks that begin on Mondays, also when today is a Sunday", () => {
    const period = periodOf({ period: "12w", until: "2026-03-01" });
    expect(daysOf(period)[0]).toBe("2025-12-08");
    expect(daysOf(period).at(-1)).toBe("2026-02-23");
    expect(period.to).toEqual(at("2026-03-02"));
  });

  it("is twelve months of their own lengths, also from the last day of a long one", () => {
    const period = periodOf({ period: "12m", until: "2026-03-31" });
    expect(daysOf(period)[0]).toBe("2025-04-01");
    expect(daysOf(period).at(-2)).toBe("2026-02-01");
    expect(period.to).toEqual(at("2026-04-01"));
  });
});

const figures: readonly Figure[] = [
  { key: "a", label: "A", definition: "", unit: "money", total: "sum" },
  { key: "b", label: "B", definition: "", unit: "count", total: "last" },
  { key: "sum", label: "Sum", definition: "", unit: "money", plus: ["a", "a"] },
  {
    key: "each",
    label: "Each",
    definition: "",
    unit: "money",
    ratio: ["a", "b"],
  },
  {
    key: "rate",
    label: "Rate",
    definition: "",
    unit: "rate",
    ratio: ["a", "b"],
  },
];
const starts = [at("2026-01-01"), at("2026-02-01")];
const cell = (group: string, start: number, key: string, amount: bigint) => {
  const when = starts[start];
  if (!when) throw new Error("no such step");
  return { at: when, group, key, amount } satisfies Cell;
};

describe("figures", () => {
  it("of two currencies are never added, and nothing is divided by nothing", () => {
    const cells = [
      cell("usd", 0, "a", 5n),
      cell("usd", 1, "a", 10n),
      cell("usd", 1, "b", 2n),
      cell("eur", 0, "a", 7n),
    ];
    const [eur, usd] = measure({ by: "currency", figures }, cells, { starts });
    expect(eur).toMatchObject({ group: "eur", total: { a: 7n, each: null } });
    expect(usd?.total).toEqual({
      a: 15n,
      b: 2n,
      sum: 30n,
      each: 8n,
      rate: 7.5,
    });
    expect(usd?.steps.map(({ values }) => values)).toEqual([
      { a: 5n, b: 0n, sum: 10n, each: null, rate: null },
      { a: 10n, b: 2n, sum: 20n, each: 5n, rate: 5 },
    ]);
  });

  it("of reasons come by how often they were given", () => {
    const cells = [cell("rare", 0, "a", 1n), cell("usual", 1, "a", 3n)];
    const series = measure({ by: "reason", figures }, cells, { starts });
    expect(series.map(({ group }) => group)).toEqual(["usual", "rare"]);
  });
});

describe("a table of figures", () => {
  it("has money in major units, and nothing where nothing can be computed", () => {
    const cells = [cell("usd", 0, "a", -1205n), cell("jpy", 1, "a", 1205n)];
    const series = measure({ by: "currency", figures }, cells, { starts });
    expect(toCsv({ by: "currency", figures }, series)).toBe(
      [
        "From,currency,A,B,Sum,Each,Rate",
        "2026-01-01,jpy,0,0,0,,",
        "2026-02-01,jpy,1205,0,2410,,",
        "2026-01-01,usd,-12.05,0,-24.10,,",
        "2026-02-01,usd,0.00,0,0.00,,",
        "",
      ].join("\r\n"),
    );
  });

  it.each([
    ["=HYPERLINK()", "'=HYPERLINK()"],
    ["+1", "'+1"],
    ["-1", "'-1"],
    ["@sum", "'@sum"],
    ['a,"b"\n', '"a,""b""\n"'],
  ])("gives a spreadsheet nothing to run: %j", (reason, written) => {
    const cells = [cell(reason, 0, "a", 1n)];
    const one = figures.slice(0, 1);
    const count: Figure[] = one.map((figure) => ({ ...figure, unit: "count" }));
    const series = measure({ by: "reason", figures: count }, cells, { starts });
    expect(toCsv({ by: "reason", figures: count }, series)).toContain(
      `2026-01-01,${written},1\r\n`,
    );
  });
});

describe("docs/metrics.md", () => {
  it("defines every figure as the page does", async () => {
    const made = await format(metricsDocument(), { parser: "markdown" });
    expect(await readFile("docs/metrics.md", "utf8")).toBe(made);
  });

  it("and every figure has one sentence, and is computed of those before it", () => {
    for (const { key, figures } of metrics)
      for (const [index, figure] of figures.entries()) {
        expect([key, figure.key, figure.definition]).toEqual([
          key,
          figure.key,
          expect.stringMatching(/^[A-Z].+\.$/),
        ]);
        const before = figures.slice(0, index).map((one) => one.key);
        const of = "plus" in figure ? figure.plus : [];
        const by = "ratio" in figure ? figure.ratio : [];
        expect(before).toEqual(expect.arrayContaining([...of, ...by]));
      }
  });

  it("and no two figures of a metric have the same name", () => {
    for (const { key, figures } of metrics) {
      const labels = figures.map(({ label }) => label);
      expect([key, new Set(labels).size]).toEqual([key, labels.length]);
    }
  });
});

describe("a chart", () => {
  const steps = [
    { at: at("2026-01-01"), values: { won: 30n, more: 10n, lost: -20n } },
    { at: at("2026-02-01"), values: { won: 0n, more: null, lost: -60n } },
  ];

  it("piles what is positive upwards and what is negative downwards, to one scale", () => {
    const { bars, highest, lowest } = pile(steps, ["won", "more", "lost"]);
    expect([highest, lowest]).toEqual([40n, -60n]);
    expect(bars).toEqual([
      { step: 0, key: "won", value: 30n, y: 10, height: 30 },
      { step: 0, key: "more", value: 10n, y: 0, height: 10 },
      { step: 0, key: "lost", value: -20n, y: 40, height: 20 },
      { step: 1, key: "lost", value: -60n, y: 40, height: 60 },
    ]);
  });

  it("of nothing is empty", () => {
    const none = [{ at: at("2026-01-01"), values: { won: 0n } }];
    expect(pile(none, ["won"])).toEqual({ bars: [], highest: 0n, lowest: 0n });
  });
});
