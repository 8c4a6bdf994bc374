import type { RouteDescription } from "@/lib/platform/route-description";

/** The answer, once it is certain that the route's description tells of it: the document must not lie. */
export async function asDescribed(
  handler: object,
  answer: Response,
): Promise<Response> {
  const { description } = handler as { description?: RouteDescription };
  if (!description?.answer || !answer.ok) return answer;
  const { status = 200 } = description;
  if (answer.status !== status)
    throw new Error(`answered ${answer.status}, described as ${status}`);
  description.answer.parse(await answer.clone().json());
  return answer;
}
