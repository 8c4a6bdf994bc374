import { existsSync, readFileSync } from "node:fs";

/**
 * @typedef {{ passed: number, failed: number, skipped: number, left?: string[] }} Count `left`: what was not run
 */

/** @param {string} file @returns {Count} */
export function countVitest(file) {
  const report = read(file);
  return {
    passed: report?.numPassedTests ?? 0,
    failed: report?.numFailedTests ?? 0,
    skipped: (report?.numPendingTests ?? 0) + (report?.numTodoTests ?? 0),
    left: leftOut(report),
  };
}

/** The groups of which nothing was run: what they need is not here. */
function leftOut(report) {
  const tests = (report?.testResults ?? []).flatMap(
    ({ assertionResults }) => assertionResults,
  );
  const skipped = tests.filter(({ status }) => status === "pending");
  return [...new Set(skipped.map(({ ancestorTitles }) => ancestorTitles[0]))];
}

/** @param {string} file @returns {Count} */
export function countPlaywright(file) {
  const stats = read(file)?.stats;
  return {
    passed: stats?.expected ?? 0,
    failed: (stats?.unexpected ?? 0) + (stats?.flaky ?? 0),
    skipped: stats?.skipped ?? 0,
  };
}

function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
