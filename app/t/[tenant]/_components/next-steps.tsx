import { ButtonLink } from "@/app/_components/ui/button-link";
import { Section } from "@/app/_components/ui/section";

/** What to do next, the first thing first. */
export function NextSteps({
  slug,
  hasProjects,
  hasReports,
  mayCreate,
  mayBuy,
}: {
  slug: string;
  hasProjects: boolean;
  hasReports: boolean;
  mayCreate: boolean;
  mayBuy: boolean;
}) {
  const steps = [
    !hasProjects &&
      mayCreate && {
        text: "Nothing is here yet. Start with a project.",
        label: "Create a project",
        href: `/t/${slug}/projects` as const,
      },
    !hasReports &&
      mayBuy && {
        text: "Reports are part of Pro.",
        label: "See plans",
        href: `/t/${slug}/billing#plans` as const,
      },
    hasReports && {
      text: "See how many projects you start each week.",
      label: "Open reports",
      href: `/t/${slug}/reports` as const,
    },
  ].filter((step) => step !== false);
  if (steps.length === 0) return null;
  return (
    <Section id="next" title="Next">
      <ul className="divide-y">
        {steps.map(({ text, label, href }, index) => (
          <li
            key={href}
            className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3 first:pt-0 last:pb-0"
          >
            <span>{text}</span>
            <ButtonLink
              href={href}
              look={index === 0 ? "primary" : "secondary"}
            >
              {label}
            </ButtonLink>
          </li>
        ))}
      </ul>
    </Section>
  );
}
