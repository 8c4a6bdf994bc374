"use client";

import { useRouter } from "next/navigation";
import {
  use,
  useEffect,
  useId,
  useRef,
  useState,
  type ReactNode,
  type SubmitEvent,
} from "react";
import { FormAlert, type Problem, type Remedies } from "./form-alert";
import { CloseContext, PendingContext, ProblemContext } from "./form-context";
import { sendForm } from "./send-form";
import { showToast } from "./show-toast";

/**
 * A form that works without JavaScript, by a 303. With it, errors appear in place and beside the fields
 * at fault, what was typed stays, and a second click does nothing.
 */
export function PostForm({
  action,
  label,
  flash = null,
  remedies,
  next = null,
  done,
  refreshOn = ["reauth_required"], // asks for the password from now on
  onAnswer,
  className = "grid gap-4",
  children,
}: {
  action: `/api/${string}`;
  label: string;
  /** What the last try without JavaScript came back with; another form's is not shown. */
  flash?: (Problem & { action?: string }) | null;
  remedies?: Remedies;
  /** Where to go on when the answer names no place; null shows this page anew. */
  next?: string | null;
  /** Said in passing once it has worked and the page stays. */
  done?: string | undefined;
  /** Refusals after which the page is shown anew: what the form shows is no longer true. */
  refreshOn?: readonly string[];
  /** Is told what came back once it has worked: for what is shown here and nowhere else. */
  onAnswer?: (answer: Record<string, unknown>) => void;
  className?: string;
  children: ReactNode;
}) {
  const router = useRouter();
  const alertId = useId();
  const close = use(CloseContext);
  const element = useRef<HTMLFormElement>(null);
  const [problem, setProblem] = useState(
    flash?.action && flash.action !== action ? null : flash,
  );
  const [pending, setPending] = useState(false);
  const busy = useRef(false);
  const wasSent = useRef(false);

  const setBusy = (value: boolean) => {
    busy.current = value;
    setPending(value);
  };

  useEffect(() => {
    // Back from the payment page, the browser may show this page as it was left: waiting.
    const wake = (event: PageTransitionEvent) => {
      if (event.persisted) setBusy(false);
    };
    window.addEventListener("pageshow", wake);
    return () => window.removeEventListener("pageshow", wake);
  }, []);

  useEffect(() => {
    if (!wasSent.current) return; // a page that has just opened keeps its focus
    element.current
      ?.querySelector<HTMLElement>('[aria-invalid="true"]')
      ?.focus();
  }, [problem]);

  async function submit(form: HTMLFormElement) {
    setBusy(true);
    wasSent.current = true;
    const sent = await sendForm(form);
    if (sent.ok) {
      const target = sent.location ?? next;
      if (target) return location.assign(target);
      form.reset();
      onAnswer?.(sent.answer);
      setProblem(null);
      close?.();
      if (done) showToast(done);
      router.refresh();
    } else if (sent.problem.code === "no_session") {
      const here = location.pathname + location.search;
      return location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
    } else {
      setProblem(sent.problem);
      if (refreshOn.includes(sent.problem.code)) router.refresh();
    }
    setBusy(false);
  }

  return (
    <form
      ref={element}
      method="post"
      action={action}
      aria-label={label}
      aria-busy={pending}
      aria-describedby={problem ? alertId : undefined}
      className={className}
      onSubmit={(event: SubmitEvent<HTMLFormElement>) => {
        event.preventDefault();
        if (!busy.current) void submit(event.currentTarget);
      }}
    >
      {problem && (
        <FormAlert id={alertId} problem={problem} remedies={remedies} />
      )}
      <PendingContext value={pending}>
        <ProblemContext value={problem}>{children}</ProblemContext>
      </PendingContext>
    </form>
  );
}
