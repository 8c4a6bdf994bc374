import { codesOf } from "@/tests/api/refusals";
import type { RouteDescription } from "@/lib/platform/route-description";

/** The answer, once it is certain that the route's description tells of it: the document must not lie. */
export async function asDescribed(
  handler: object,
  answer: Response,
): Promise<Response> {
  const { description } = handler as { description?: RouteDescription };
  if (description && !answer.ok) await checkRefusal(description, answer);
  if (!description?.answer || !answer.ok) return answer;
  const { status = 200 } = description;
  if (answer.status !== status)
    throw new Error(`answered ${answer.status}, described as ${status}`);
  description.answer.parse(await answer.clone().json());
  return answer;
}

/** A route that names its refusals names them all. */
async function checkRefusal(
  description: RouteDescription,
  answer: Response,
): Promise<void> {
  if (!description.refusals || answer.status === 303) return;
  const { code } = (await answer.clone().json()) as { code: string };
  if (!codesOf(description).some((known) => known === code))
    throw new Error(`refused with ${code}, which is not described`);
}
