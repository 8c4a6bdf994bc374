import { buttonClass } from "@/app/_components/ui/button";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { Money } from "@/app/_components/ui/money";
import { PlanContents } from "@/app/_components/plan/plan-contents";
import { currency, type Interval, type Plan } from "@/lib/catalog/plans";
import { moneyOf } from "@/lib/catalog/prices";
import { trialWords } from "@/lib/catalog/price-words";
import type { Money as Amount } from "@/lib/platform/money";

const shownFor: Record<Interval, string> = {
  month: "group-has-[[value=year]:checked]/interval:hidden",
  year: "group-has-[[value=month]:checked]/interval:hidden",
};

export function PlanOffer({ plan }: { plan: Plan }) {
  return (
    <li className="flex flex-col gap-5 rounded-lg border p-5">
      <div>
        <h2 className="text-lg font-semibold">{plan.name}</h2>
        <p className="text-sm text-ink-soft">{plan.description}</p>
      </div>
      {plan.prices.length === 0 && (
        <Price money={{ amount: 0n, currency }} per="for as long as you like" />
      )}
      {plan.prices.map((price) => (
        <div key={price.lookupKey} className={shownFor[price.interval]}>
          <Price money={moneyOf(price)} per={`per ${price.interval}`} />
        </div>
      ))}
      {plan.trial && <p className="text-sm">{trialWords(plan.trial)}</p>}
      <div className="grow">
        <PlanContents plan={plan} />
      </div>
      {plan.prices.length === 0 && (
        <ButtonLink href="/sign-up">Start with {plan.name}</ButtonLink>
      )}
      {plan.prices.map(({ lookupKey, interval }) => (
        <a
          key={lookupKey}
          href={`/start?price=${lookupKey}`}
          className={buttonClass(
            plan.key === "pro" ? "primary" : "secondary",
            shownFor[interval],
          )}
        >
          Choose {plan.name}
        </a>
      ))}
    </li>
  );
}

function Price({ money, per }: { money: Amount; per: string }) {
  return (
    <p>
      <span className="text-3xl font-semibold tracking-tight">
        <Money value={money} />
      </span>{" "}
      <span className="text-sm text-ink-soft">{per}</span>
    </p>
  );
}
