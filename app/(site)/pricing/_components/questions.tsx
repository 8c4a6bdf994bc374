import { ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import { PlainLink, TextLink } from "@/app/_components/ui/text-link";
import { brand } from "@/lib/catalog/brand";
import { graceDays } from "@/lib/catalog/plans";

const questions: readonly { question: string; answer: ReactNode }[] = [
  {
    question: "Can I cancel at any time?",
    answer:
      "Yes, by yourself, on the billing page. The plan runs to the end of what is paid, and until then you can take it back.",
  },
  {
    question: "What happens when a payment fails?",
    answer: `You are told at once, and the card is tried again. You keep the plan for ${graceDays} days meanwhile. After that the workspace is on Free until the invoice is paid; nothing of yours is deleted.`,
  },
  {
    question: "What is a seat?",
    answer:
      "One person in a workspace. Whoever belongs to two workspaces takes a seat in each.",
  },
  {
    question: "Can I change the plan later?",
    answer:
      "Yes, up or down, and from monthly to yearly. What you have paid already is counted.",
  },
  {
    question: "Where is my card kept?",
    answer:
      "At Stripe, and only there. You enter it on Stripe’s page; it never passes through this app.",
  },
  {
    question: "Do I get my money back?",
    answer: (
      <>
        See <TextLink href="/refunds">how refunds work</TextLink>, or write to{" "}
        <PlainLink href={`mailto:${brand.supportEmail}`}>
          {brand.supportEmail}
        </PlainLink>
        .
      </>
    ),
  },
];

export function Questions() {
  return (
    <section aria-labelledby="questions" className="mt-12 border-t pt-8">
      <h2 id="questions" className="text-xl font-semibold tracking-tight">
        Questions
      </h2>
      <div className="mt-4 max-w-180 divide-y">
        {questions.map(({ question, answer }) => (
          <details key={question} className="group/question">
            <summary className="flex min-h-12 list-none items-center justify-between gap-4 rounded-sm py-2 font-medium">
              {question}
              <ChevronDown
                className="size-4 shrink-0 text-ink-soft group-open/question:rotate-180"
                aria-hidden="true"
              />
            </summary>
            <p className="pb-4 text-pretty text-ink-soft">{answer}</p>
          </details>
        ))}
      </div>
    </section>
  );
}
