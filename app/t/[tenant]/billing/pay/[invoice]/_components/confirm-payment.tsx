"use client";

import { useRef, useState } from "react";
import { FormAlert, type Problem } from "@/app/_components/form-alert";
import { Banner } from "@/app/_components/ui/banner";
import { Button } from "@/app/_components/ui/button";
import { confirmWithBank } from "./confirm-with-bank";

/** Lets the buyer answer their bank, on this page. */
export function ConfirmPayment({
  invoiceId,
  action,
  tenantId,
  amount,
}: {
  invoiceId: string;
  action: `/api/invoices/${string}/pay`;
  tenantId: string;
  amount: string;
}) {
  const [problem, setProblem] = useState<Problem | null>(null);
  const [pending, setPending] = useState(false);
  const busy = useRef(false);

  async function ask() {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    setProblem(null);
    const done = await confirmWithBank({ invoiceId, action, tenantId });
    if ("location" in done) return location.assign(done.location);
    setProblem(done.problem);
    busy.current = false;
    setPending(false);
  }

  return (
    <div className="grid gap-3">
      <Banner
        tone="warning"
        title="Your bank wants you to confirm this payment"
      >
        Nothing is charged before you do.
      </Banner>
      {problem && <FormAlert problem={problem} />}
      <noscript>
        Without JavaScript, confirm it on the payment provider’s page: the link
        is below.
      </noscript>
      <div className="flex">
        <Button
          type="button"
          look="primary"
          aria-disabled={pending}
          aria-busy={pending}
          onClick={() => void ask()}
        >
          Confirm {amount} with your bank
        </Button>
      </div>
    </div>
  );
}
