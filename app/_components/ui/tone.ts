/** The four colours of a status. Each is shown with a word or an icon, never alone. */
export type Tone = "good" | "warning" | "danger" | "neutral";

export const toneClass: Record<Tone, string> = {
  good: "bg-good-surface text-good",
  warning: "bg-warning-surface text-warning",
  danger: "bg-danger-surface text-danger",
  neutral: "bg-surface text-ink-soft",
};
