"use client";

import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { announcement, timeLeft } from "./time-left";

/**
 * Counts down what the server said was left, on a clock that only runs forward: a wrong one on the
 * visitor's side does not matter. Screen readers hear it at ten, five and one minutes only.
 */
export function Countdown({ seconds }: { seconds: number }) {
  const router = useRouter();
  const [left, setLeft] = useState(seconds);

  useEffect(() => {
    const start = performance.now();
    const tick = setInterval(() => {
      const now = seconds - (performance.now() - start) / 1000;
      setLeft(Math.max(0, now));
      if (now > 0) return;
      clearInterval(tick);
      router.refresh(); // the server says what it has become
    }, 1000);
    return () => clearInterval(tick);
  }, [seconds, router]);

  return (
    <div>
      <p role="timer" aria-live="off" className="text-2xl tabular-nums">
        {timeLeft(left)}
      </p>
      <output className="sr-only">{announcement(left)}</output>
    </div>
  );
}
