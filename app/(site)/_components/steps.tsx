const steps = [
  {
    title: "Buy",
    text: "A workspace chooses a plan and pays on the hosted checkout page. Card numbers never touch this app.",
  },
  {
    title: "Know",
    text: "Webhook, return page and a timer each ask Stripe what happened and store it. Access arrives even when one of them fails.",
  },
  {
    title: "Manage",
    text: "Plan, price, next renewal and invoices stand on one page. The customer portal changes the card or ends the plan.",
  },
] as const;

export function Steps() {
  return (
    <section aria-labelledby="steps-title" className="border-t py-12">
      <h2 id="steps-title" className="text-2xl font-semibold tracking-tight">
        One loop, complete
      </h2>
      <ol className="mt-6 grid gap-8 md:grid-cols-3">
        {steps.map(({ title, text }, index) => (
          <li key={title}>
            <p className="font-mono text-sm text-ink-soft" aria-hidden="true">
              {index + 1}
            </p>
            <h3 className="mt-1 font-semibold">{title}</h3>
            <p className="mt-1 text-pretty text-ink-soft">{text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}
