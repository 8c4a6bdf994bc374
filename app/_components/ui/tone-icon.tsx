import { Check, CircleAlert, Clock, Info } from "lucide-react";
import type { Tone } from "./tone";

const icons = {
  good: Check,
  warning: Clock,
  danger: CircleAlert,
  neutral: Info,
} satisfies Record<Tone, unknown>;

export function ToneIcon({
  tone,
  className,
}: {
  tone: Tone;
  className: string;
}) {
  const Icon = icons[tone];
  return <Icon className={className} aria-hidden="true" />;
}
