import { Check } from "lucide-react";
import { featureNames, type Limit, type Plan } from "@/lib/catalog/plans";

const limitNames: Record<Limit, string> = {
  projects: "projects",
  seats: "seats",
};

/** What a plan includes: its limits, then its features. */
export function PlanContents({ plan }: { plan: Plan }) {
  const limits = (["projects", "seats"] as const).map((name) => {
    const limit = plan.limits[name];
    return `${limit === null ? "Unlimited" : limit} ${limitNames[name]}`;
  });
  const features = plan.features.map((feature) => featureNames[feature]);
  return (
    <ul className="grid gap-2 text-sm">
      {[...limits, ...features].map((line) => (
        <li key={line} className="flex items-center gap-2">
          <Check className="size-4 text-ink-soft" aria-hidden="true" />
          {line}
        </li>
      ))}
    </ul>
  );
}
