import type { Metadata } from "next";
import { LegalPlaceholder } from "../_components/legal-placeholder";

export const metadata: Metadata = {
  title: "Privacy",
  robots: { index: false },
};

export default function PrivacyPage() {
  return (
    <LegalPlaceholder
      title="Privacy"
      about="what you store about people, why, for how long, and whom they can ask"
      file="app/(site)/privacy/page.tsx"
    />
  );
}
