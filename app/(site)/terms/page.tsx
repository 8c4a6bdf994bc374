import type { Metadata } from "next";
import { LegalPlaceholder } from "../_components/legal-placeholder";

export const metadata: Metadata = {
  title: "Terms",
  robots: { index: false },
};

export default function TermsPage() {
  return (
    <LegalPlaceholder
      title="Terms"
      about="the agreement between you and your customers"
      file="app/(site)/terms/page.tsx"
    />
  );
}
