import { MERCHANT } from "../context";
import { formatMoney } from "../money";
import { NOT_AUTHENTICATED } from "../resources/challenges";
import { answerPaymentChallenge } from "../resources/conclude-payment";
import { answerSetupChallenge } from "../resources/setup-attempt";
import { attempt } from "./ask";
import { html, type Html } from "./html";
import { layout, messagePage, notFound } from "./layout";
import { ok, type Page, type Visit } from "./page";

/** The bank's question behind an intent. */
export function showChallenge(visit: Visit): Page {
  const intent = intentOf(visit);
  if (!intent) return notFound("No bank asks anything at this address.");
  if (intent.status !== "requires_action") return answered(visit);
  return ok(
    layout(
      "3D Secure",
      challengeView(
        intent.object === "payment_intent"
          ? formatMoney(intent.amount, intent.currency)
          : null,
      ),
    ),
  );
}

/** A question that has been answered already is not asked again. */
export function answerChallenge(visit: Visit): Page {
  const { ctx, form } = visit;
  const intent = intentOf(visit);
  if (!intent) return notFound("No bank asks anything at this address.");
  const back = returnUrl(intent);
  const passed = form.get("answer") === "complete";
  if (intent.status === "requires_action") {
    attempt(ctx, () => {
      if (intent.object === "payment_intent")
        answerPaymentChallenge(ctx, intent, passed);
      else answerSetupChallenge(ctx, intent, passed);
    });
  }
  return {
    redirect: back ? back(intentOf(visit)?.status) : visit.url.pathname,
  };
}

function intentOf({ ctx, ids: [id] }: Visit) {
  return (
    ctx.store.get("payment_intent", id) ?? ctx.store.get("setup_intent", id)
  );
}
type Intent = NonNullable<ReturnType<typeof intentOf>>;

/** The shop's address, with what Stripe adds to it. */
function returnUrl(
  intent: Intent,
): ((status: string | undefined) => string) | undefined {
  const to = intent.next_action?.redirect_to_url?.return_url;
  if (!to) return undefined;
  return (status) => {
    const url = new URL(to);
    url.searchParams.set(intent.object, intent.id);
    url.searchParams.set(
      `${intent.object}_client_secret`,
      intent.client_secret ?? "",
    );
    url.searchParams.set(
      "redirect_status",
      status === "succeeded" || status === "requires_capture"
        ? "succeeded"
        : "failed",
    );
    return url.href;
  };
}

function answered(visit: Visit): Page {
  const intent = intentOf(visit);
  const passed = ["succeeded", "requires_capture"].includes(
    intent?.status ?? "",
  );
  return ok(
    messagePage({
      title: passed ? "Authenticated" : "Not authenticated",
      text: passed ? "You can close this page." : NOT_AUTHENTICATED,
    }),
  );
}

export function challengeView(amount: string | null): Html {
  return html`<h1>3D Secure</h1>
    <section aria-label="The bank's question">
      <p>
        ${
          amount
            ? `Your bank asks whether you want to pay ${amount} to ${MERCHANT}.`
            : `Your bank asks whether ${MERCHANT} may save your card.`
        }
      </p>
      <form method="post">
        <button type="submit" name="answer" value="complete">
          Complete authentication
        </button>
        <button class="plain" type="submit" name="answer" value="fail">
          Fail authentication
        </button>
      </form>
    </section>`;
}
