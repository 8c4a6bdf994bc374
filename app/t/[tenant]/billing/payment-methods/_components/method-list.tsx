import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Badge } from "@/app/_components/ui/badge";
import type { PaymentMethodView } from "@/lib/billing/payment-methods";
import { cardExpiry, cardName } from "../../_components/card-name";
import { doneWords } from "./done-words";
import { EditMethod } from "./edit-method";

type Flash = Awaited<ReturnType<typeof getFlash>>;

export function MethodList({
  methods,
  tenantId,
  flash,
}: {
  methods: readonly PaymentMethodView[];
  /** Null for somebody who may only look. */
  tenantId: string | null;
  flash: Flash;
}) {
  return (
    <ul className="divide-y">
      {methods.map((method) => (
        <li
          key={method.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0"
        >
          <div>
            <p className="flex flex-wrap items-center gap-2 font-medium">
              {methodName(method)}
              {method.isUsed && <Badge tone="neutral">Used for payments</Badge>}
              {method.isExpired && <Badge tone="danger">Expired</Badge>}
              {method.expiresSoon && <Badge tone="warning">Expires soon</Badge>}
            </p>
            {method.card && (
              <p className="text-ink-soft">Expires {cardExpiry(method.card)}</p>
            )}
          </div>
          {tenantId && (
            <Decide
              {...{ method, tenantId }}
              flash={
                flash?.values["paymentMethodId"] === method.id ? flash : null
              }
            />
          )}
        </li>
      ))}
    </ul>
  );
}

function Decide({
  method,
  tenantId,
  flash,
}: {
  method: PaymentMethodView;
  tenantId: string;
  flash: Flash;
}) {
  const { id, isUsed, paysPlan } = method;
  const name = methodName(method);
  const path = `/api/payment-methods/${id}` as const;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {!isUsed && (
        <PostForm
          action={`${path}/default`}
          label={`Use ${name} for payments`}
          flash={flash}
          done={doneWords.default}
        >
          <input type="hidden" name="tenantId" value={tenantId} />
          <SubmitButton>Use for payments</SubmitButton>
        </PostForm>
      )}
      <EditMethod {...{ method, name, tenantId, flash }} />
      {!paysPlan && (
        <ConfirmDialog
          trigger="Remove"
          title={`Remove ${name}?`}
          description="It cannot be charged any more. To use it again, add it again."
          action={`${path}/detach`}
          fields={{ tenantId }}
          confirm={`Remove ${name}`}
          flash={flash?.action === `${path}/detach` ? flash : null}
          done={doneWords.removed}
        />
      )}
    </div>
  );
}

function methodName({ card, type }: PaymentMethodView): string {
  if (card) return cardName(card);
  const words = type.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
