"use client";

import type { Stripe, StripeElements } from "@stripe/stripe-js";
import { useEffect, useId, useRef, useState } from "react";
import { FormAlert, type Problem } from "@/app/_components/form-alert";
import { Button } from "@/app/_components/ui/button";
import {
  askStripeJs,
  silent,
} from "@/app/t/[tenant]/_components/ask-stripe-js";

type Form = { stripe: Stripe; elements: StripeElements };

/** Stripe's own card form in a frame of Stripe's: nothing typed into it reaches us. Banks ask within the page. */
export function CardForm({
  paymentId,
  here,
  amount,
  isAlternative,
  words,
}: {
  paymentId: string;
  /** Where a bank with a page of its own leads back to. */
  here: string;
  amount: string;
  /** A saved card can pay it too. */
  isAlternative: boolean;
  /** What a person reads, by Stripe's code of a refused card. */
  words: Readonly<Record<string, string>>;
}) {
  const titleId = useId();
  const frame = useRef<HTMLDivElement>(null);
  const [form, setForm] = useState<Form | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  const busy = useRef(false);

  useEffect(() => {
    let gone = false;
    const show = async () => {
      const asked = await askStripeJs(
        `/api/payment-intents/${paymentId}/confirmation`,
      );
      if (gone) return;
      if ("problem" in asked) return setProblem(asked.problem);
      const { stripe, clientSecret } = asked;
      const elements = stripe.elements({ clientSecret });
      if (frame.current) elements.create("payment").mount(frame.current);
      setForm({ stripe, elements });
    };
    show().catch(() => setProblem(unloaded));
    return () => {
      gone = true;
    };
  }, [paymentId]);

  async function pay({ stripe, elements }: Form) {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    setProblem(null);
    const found = await confirm(stripe, elements).catch(() => silent);
    if (!found) return location.assign(here);
    setProblem(found);
    busy.current = false;
    setPending(false);
  }

  /** Null when the page has news: it is paid, on its way, or over; a bank with a page of its own is gone to meanwhile. */
  async function confirm(
    stripe: Stripe,
    elements: StripeElements,
  ): Promise<Problem | null> {
    const { error: incomplete } = await elements.submit();
    const { error } = incomplete
      ? { error: incomplete }
      : await stripe.confirmPayment({
          elements,
          confirmParams: { return_url: new URL(here, location.href).href },
          redirect: "if_required",
        });
    if (!error) return null;
    const { type, code = "", decline_code: decline = "" } = error;
    if (code === "payment_intent_unexpected_state") return null;
    const isDeclined = type === "card_error";
    const message =
      type === "validation_error"
        ? "Something in the card’s details is not right. Check what is marked above."
        : (words[decline] ??
          words[code] ??
          (isDeclined ? words["card_declined"] : undefined));
    return { code, message: message ?? silent.message, requestId: null };
  }

  return (
    <section aria-labelledby={titleId} className="grid gap-4">
      <h2 id={titleId} className="text-base font-semibold">
        {isAlternative ? "Pay with another card" : "Your card"}
      </h2>
      <div ref={frame} className="min-h-88 rounded-lg border p-4" />
      {problem && <FormAlert problem={problem} />}
      {form && (
        <div className="flex">
          <Button
            type="button"
            look={isAlternative ? "secondary" : "primary"}
            aria-disabled={pending}
            aria-busy={pending}
            onClick={() => void pay(form)}
          >
            {isAlternative ? `Pay ${amount} with this card` : `Pay ${amount}`}
          </Button>
        </div>
      )}
    </section>
  );
}

const unloaded: Problem = {
  code: "no_form",
  message:
    "The card form could not be loaded. Nothing was charged. Check your connection and open this page again.",
  requestId: null,
};
