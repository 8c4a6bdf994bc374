import type { Metadata } from "next";
import { Toaster } from "../_components/ui/toaster";

export const metadata: Metadata = { robots: { index: false, follow: false } };

export default function PrivateLayout({ children }: LayoutProps<"/t">) {
  return (
    <>
      {children}
      <Toaster />
    </>
  );
}
