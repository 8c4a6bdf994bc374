import { z } from "zod";
import type { Response as Answer } from "./send";
import { keptOut, type Case, type Expected } from "./site";

const problem = z.looseObject({
  type: z.string(),
  title: z.string().min(1),
  status: z.int(),
  code: z.string(),
  request_id: z.string().startsWith("req_"),
});

/** What is wrong with the answer to a case; null for nothing. */
export function judge({ expect }: Case, answer: Answer): string | null {
  if (expect === "let through") return judgeLetThrough(answer);
  const { inside, lacks } = expect;
  const isPart = answer.type.startsWith("text/x-component");
  if (inside && isPart && answer.status === 200)
    return inside.test(answer.text)
      ? judgeRest({ status: 200, ...(lacks && { lacks }) }, answer)
      : `holds a page: ${answer.text.slice(0, 80)}`;
  return judgeStatus(expect, answer) ?? judgeRest(expect, answer);
}

function judgeLetThrough(answer: Answer): string | null {
  const { status } = answer;
  if (status >= 500 && status !== 503) return `answered ${status}`;
  const code = problemOf(answer)?.code ?? "";
  return keptOut.includes(code) ? `was kept out: ${code}` : null;
}

function judgeStatus(
  { status: wanted, code }: Expected,
  answer: Answer,
): string | null {
  const { status, text } = answer;
  const said = problemOf(answer);
  const allowed = [wanted].flat();
  if (!allowed.includes(status))
    return `answered ${status} ${said?.code ?? ""}, not ${allowed.join(" or ")}`;
  if (code === undefined) return null;
  if (!said) return `answered no problem: ${text.slice(0, 80)}`;
  if (said.status !== status) return `says ${said.status} and means ${status}`;
  return said.code === code ? null : `said ${said.code}, not ${code}`;
}

function judgeRest(
  { absent, location, lacks }: Expected,
  { headers, text }: Answer,
): string | null {
  if (absent && headers[absent] !== undefined) return `has ${absent}`;
  const where = String(headers["location"] ?? "");
  if (location && !location.test(where)) return `leads to ${where}`;
  const found = lacks && lacks.exec(text);
  return found ? `holds ${found[0]}` : null;
}

/** RFC 9457 with our members; null for what is none. */
export function problemOf({ type, text }: Pick<Answer, "type" | "text">) {
  if (!type.startsWith("application/problem+json")) return null;
  return problem.safeParse(JSON.parse(text)).data ?? null;
}
