import type { Facts, Thing } from "./facts";

/** I13: of every payment, what was captured and what went back are Stripe's, and no more went back than came in. */
export function checkMoney({ stripe, rows, leaks }: Facts): string[] {
  const payments = (rows.payment ?? []).flatMap((payment) => {
    const charge = (stripe.charge ?? []).find(
      (it) => it.id === payment.charge_id,
    );
    const captured = charge?.paid === true ? Number(charge.amount) : 0;
    const back = given(stripe.refund, (it) => it.payment_intent === payment.id);
    const own = given(rows.refund, (it) => it.payment_id === payment.id);
    const name = `payment ${payment.id}`;
    return [
      differs(`${name}: captured`, payment.amount_captured, captured),
      differs(`${name}: refunded`, payment.amount_refunded, back),
      differs(`${name}: its refunds' sum`, own, back),
      back > captured
        ? [`${name}: ${back} went back of ${captured} that came in`]
        : [],
    ].flat();
  });
  const total = (things: Thing[] | undefined) => given(things, () => true);
  return [
    ...payments,
    ...differs(
      "all refunds together",
      total(rows.refund),
      total(stripe.refund),
    ),
    ...leaks.map((leak) => `the app's own query finds ${leak}`),
  ];
}

/** What has failed or was called off is here again. */
function given(
  refunds: Thing[] | undefined,
  fits: (refund: Thing) => boolean,
): number {
  return (refunds ?? [])
    .filter(fits)
    .filter(({ status }) => status !== "failed" && status !== "canceled")
    .reduce((sum, { amount }) => sum + Number(amount), 0);
}

function differs(what: string, ours: unknown, stripes: number): string[] {
  return ours === stripes
    ? []
    : [`${what} is ${String(ours)} here and ${stripes} at Stripe`];
}
