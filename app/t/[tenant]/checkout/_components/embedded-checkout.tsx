"use client";

import { loadStripe } from "@stripe/stripe-js/pure";
import Script from "next/script";
import { useRef, useState } from "react";
import { Banner } from "@/app/_components/ui/banner";

type Answer =
  { clientSecret: string; publishableKey: string } | { title: string };

/** Stripe's own checkout in a frame of Stripe's: nothing typed into it reaches us. */
export function EmbeddedCheckout({
  scriptUrl,
  wish,
}: {
  scriptUrl: string;
  wish: { tenantId: string; priceId: string };
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function show() {
    const answer = await fetch("/api/checkout/embedded", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(wish),
    });
    const body = (await answer.json()) as Answer; // our own route answers one of the two
    if (!("clientSecret" in body)) return setProblem(body.title);
    const stripe = await loadStripe(body.publishableKey);
    const checkout = await stripe?.createEmbeddedCheckoutPage({
      clientSecret: body.clientSecret,
    });
    if (frame.current) checkout?.mount(frame.current);
  }
  return (
    <>
      <Script
        src={scriptUrl}
        onReady={() => void show().catch(() => setProblem(unreachable))}
        onError={() => setProblem(unreachable)}
      />
      {problem && <Banner tone="danger" title={problem} />}
      <div ref={frame} className="min-h-100 rounded-lg border" />
    </>
  );
}

const unreachable =
  "The payment form could not be loaded. Nothing was charged. Pay on Stripe's page instead.";
