import { loadStripe } from "@stripe/stripe-js/pure";
import type { Problem } from "@/app/_components/form-alert";

type Done = { location: string } | { problem: Problem };

/** Asks the buyer's bank, then has the invoice looked at again. Never throws: no answer is a problem in words. */
export async function confirmWithBank(input: {
  invoiceId: string;
  action: string;
  tenantId: string;
}): Promise<Done> {
  try {
    const { invoiceId, action, tenantId } = input;
    const asked = await send(`/api/invoices/${invoiceId}/confirmation`);
    if ("problem" in asked) return asked;
    const { clientSecret, publishableKey, script } = asked.answer;
    await addScript(script ?? "");
    const stripe = await loadStripe(publishableKey ?? "");
    const outcome = await stripe?.handleNextAction({
      clientSecret: clientSecret ?? "",
    });
    if (!outcome || outcome.error) return { problem: refused };
    const requestKey = crypto.randomUUID();
    const paid = await send(action, { tenantId, requestKey });
    if ("problem" in paid) return paid;
    return { location: paid.answer["location"] ?? location.pathname };
  } catch {
    return { problem: silent };
  }
}

const refused: Problem = {
  code: "not_confirmed",
  message:
    "Your bank did not confirm this payment. Nothing was charged. Pay again below, with this card or another one.",
  requestId: null,
};

const silent: Problem = {
  code: "no_answer",
  message: "No answer came. Check your connection and try again.",
  requestId: null,
};

async function send(
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

/** Stripe.js is loaded when it is needed, from where the server says, and once. */
async function addScript(src: string): Promise<void> {
  if ([...document.scripts].some((one) => one.src === src)) return;
  await new Promise((resolve, reject) => {
    const element = document.createElement("script");
    element.src = src;
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}
