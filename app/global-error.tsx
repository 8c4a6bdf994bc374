"use client";

import { Failure } from "./_components/failure";
import "./globals.css";

/** Only when the frame around every page fails. */
export default function GlobalError({
  error,
}: {
  error: Error & { digest?: string };
}) {
  return (
    <html lang="en">
      <body className="font-sans">
        <title>This page could not be shown</title>
        <Failure digest={error.digest} retry={() => location.reload()} />
      </body>
    </html>
  );
}
