import type { Metadata } from "next";
import { LegalPlaceholder } from "../_components/legal-placeholder";

export const metadata: Metadata = {
  title: "Refunds",
  robots: { index: false },
};

export default function RefundsPage() {
  return (
    <LegalPlaceholder
      title="Refunds"
      about="when a customer gets money back, and how long it takes"
      file="app/(site)/refunds/page.tsx"
    />
  );
}
