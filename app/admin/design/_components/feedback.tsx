import { Badge } from "@/app/_components/ui/badge";
import { Banner } from "@/app/_components/ui/banner";
import { ButtonLink } from "@/app/_components/ui/button-link";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Section } from "@/app/_components/ui/section";
import { SkeletonList } from "@/app/_components/ui/skeleton";
import { ToastSample } from "./toast-sample";

const tones = ["good", "warning", "danger", "neutral"] as const;

export function Feedback() {
  return (
    <>
      <Section id="status" title="Status">
        <p className="flex flex-wrap gap-2">
          <Badge tone="good">Active</Badge>
          <Badge tone="warning">Ending</Badge>
          <Badge tone="danger">Past due</Badge>
          <Badge tone="neutral">Free</Badge>
        </p>
        <div className="mt-4 grid gap-3">
          {tones.map((tone) => (
            <Banner key={tone} tone={tone} title={`A ${tone} banner`}>
              <p>What it means, and what to do about it.</p>
            </Banner>
          ))}
        </div>
      </Section>
      <Section id="toast" title="Toast">
        <ToastSample />
      </Section>
      <Section id="lists" title="A list on its way, and an empty one">
        <div className="grid gap-8 md:grid-cols-2">
          <SkeletonList rows={3} />
          <EmptyState
            title="No project yet"
            action={<ButtonLink href="/admin/design">Create one</ButtonLink>}
          >
            Projects are what your team works on. The first one takes a name.
          </EmptyState>
        </div>
      </Section>
    </>
  );
}
