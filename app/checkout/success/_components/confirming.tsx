import { AskAgain } from "./ask-again";

/** May last. Slowness on our side is no error, and no reason to pay twice. */
export function Confirming() {
  return (
    <>
      <div aria-live="polite" className="grid gap-3">
        <h1 className="text-3xl font-semibold tracking-tight">
          Confirming your payment
        </h1>
        <p className="max-w-prose text-ink-soft">
          This page goes on by itself. You can also leave: your purchase appears
          under Billing as soon as it is confirmed. There is no need to pay
          again.
        </p>
      </div>
      <noscript>
        <meta httpEquiv="refresh" content="3" />
      </noscript>
      <AskAgain />
    </>
  );
}
