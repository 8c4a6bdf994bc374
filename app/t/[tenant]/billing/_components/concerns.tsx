import { Banner } from "@/app/_components/ui/banner";
import { ToneIcon } from "@/app/_components/ui/tone-icon";
import { buttonClass, type ButtonLook } from "@/app/_components/ui/button";
import type { Concern } from "@/lib/billing/concerns";
import { concernWords, type ConcernWords } from "./concern-words";
import { PortalForm, type PortalOrigin } from "./portal-form";

/** The most urgent thing loudly, with the one act that mends it; the others as a quiet list. */
export function Concerns({
  concerns,
  origin,
}: {
  concerns: readonly Concern[];
  /** Null for somebody who may look but not act. */
  origin: PortalOrigin | null;
}) {
  const [first, ...others] = concerns.map(concernWords);
  if (!first) return null;
  return (
    <div className="grid gap-3">
      <Banner tone={first.tone} title={first.title}>
        <p>{first.text}</p>
        {origin && (
          <div className="mt-3 flex">
            <Act words={first} origin={origin} look="primary" />
          </div>
        )}
      </Banner>
      {others.length > 0 && (
        <ul aria-label="Also" className="divide-y border-y">
          {others.map((words) => (
            <li
              key={words.title + words.text}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2"
            >
              <span className="flex min-w-0 basis-80 grow items-start gap-2">
                <ToneIcon
                  tone={words.tone}
                  className="mt-0.5 size-4 shrink-0"
                />
                <span>
                  <span className="font-medium">{words.title}.</span>{" "}
                  {words.text}
                </span>
              </span>
              {origin && <Act words={words} origin={origin} look="quiet" />}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function Act({
  words: { remedy, title },
  origin,
  look,
}: {
  words: ConcernWords;
  origin: PortalOrigin;
  look: ButtonLook;
}) {
  const page =
    "page" in remedy
      ? remedy.page
      : "invoiceId" in remedy
        ? `pay/${remedy.invoiceId}`
        : null;
  return page !== null ? (
    <a href={`${origin.returnPath}/${page}`} className={buttonClass(look)}>
      {remedy.label}
    </a>
  ) : (
    <PortalForm origin={origin} look={look} about={title} {...remedy} />
  );
}
