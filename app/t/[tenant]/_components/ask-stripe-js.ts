import { loadStripe } from "@stripe/stripe-js/pure";
import type { Stripe } from "@stripe/stripe-js";
import type { Problem } from "@/app/_components/form-alert";

type Ready = { stripe: Stripe; clientSecret: string };

/** Stripe.js for what this route of ours tells of; loaded when it is needed, from where the server says, and once. */
export async function askStripeJs(
  path: `/api/${string}/confirmation`,
): Promise<Ready | { problem: Problem }> {
  const asked = await send(path);
  if ("problem" in asked) return asked;
  const { clientSecret = "", publishableKey = "", script = "" } = asked.answer;
  await addScript(script);
  const stripe = await loadStripe(publishableKey);
  return stripe ? { stripe, clientSecret } : { problem: silent };
}

export const silent: Problem = {
  code: "no_answer",
  message: "No answer came. Check your connection and try again.",
  requestId: null,
};

/** A JSON request to a route of ours; its refusal as a problem in words. */
export async function send(
  path: string,
  body?: object,
): Promise<{ answer: Record<string, string> } | { problem: Problem }> {
  const response = await fetch(path, {
    headers: { Accept: "application/json", "Content-Type": "application/json" },
    ...(body && { method: "POST", body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Record<string, string>; // our own routes
  if (response.ok) return { answer };
  const { code = "internal", title = silent.message } = answer;
  const requestId = answer["request_id"] ?? null;
  return { problem: { code, message: title, requestId } };
}

const scripts = new Map<string, Promise<void>>();

/** Once for each address, also when asked again while it loads; what failed to load is asked for anew. */
function addScript(src: string): Promise<void> {
  const known = scripts.get(src);
  if (known) return known;
  const loading = new Promise<void>((resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.addEventListener("load", () => resolve());
    element.addEventListener("error", () => {
      element.remove();
      scripts.delete(src);
      reject(new Error(`could not load ${src}`));
    });
    document.head.append(element);
  });
  scripts.set(src, loading);
  return loading;
}
