"use client";

import { useRouter } from "next/navigation";
import { useEffect } from "react";

/** Asks the server every three seconds; what does so without JavaScript stands beside it. */
export function AskAgain() {
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), 3000);
    return () => clearInterval(timer);
  }, [router]);
  return null;
}
