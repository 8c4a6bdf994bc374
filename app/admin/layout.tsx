import type { Metadata } from "next";
import { Toaster } from "../_components/ui/toaster";

export const metadata: Metadata = { robots: { index: false, follow: false } };

/** Each page asks for staff by itself: a layout is no guard. */
export default function AdminLayout({ children }: LayoutProps<"/admin">) {
  return (
    <div className="mx-auto max-w-270 px-4 py-4 text-sm sm:px-6">
      {children}
      <Toaster />
    </div>
  );
}
