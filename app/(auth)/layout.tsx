import type { ReactNode } from "react";
import { getUser } from "@/lib/auth/session";
import { SiteFooter } from "../_components/site-footer";
import { SiteHeader } from "../_components/site-header";

export default async function AuthLayout({
  children,
}: {
  children: ReactNode;
}) {
  const user = await getUser();
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader isSignedIn={user !== null} />
      <main
        id="main"
        className="mx-auto grid w-full max-w-100 grow content-start gap-6 px-4 pt-8 sm:pt-16"
      >
        {children}
      </main>
      <SiteFooter />
    </div>
  );
}
