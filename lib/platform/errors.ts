import { buyingErrors } from "./error-words/buying-errors";
import { cardErrors, declineErrors } from "./error-words/card-errors";
import { paymentErrors } from "./error-words/payment-errors";
import { peopleErrors } from "./error-words/people-errors";
import { planErrors } from "./error-words/plan-errors";
import { platformErrors } from "./error-words/platform-errors";
import { refundErrors } from "./error-words/refund-errors";
import { requestErrors } from "./error-words/request-errors";

/**
 * Every code that a caller can meet, with its HTTP status and what a person reads, which never repeats the input.
 * What comes with Retry-After may be sent again unchanged, with the same Idempotency-Key, after so many seconds; of
 * anything else something has to be changed first.
 */
const catalogue: Readonly<Record<ErrorCode, Entry>> = {
  ...requestErrors,
  ...peopleErrors,
  ...buyingErrors,
  ...planErrors,
  ...paymentErrors,
  ...refundErrors,
  ...platformErrors,
  ...atStatus402(cardErrors),
};

export type ErrorCode =
  | keyof typeof requestErrors
  | keyof typeof peopleErrors
  | keyof typeof buyingErrors
  | keyof typeof planErrors
  | keyof typeof paymentErrors
  | keyof typeof refundErrors
  | keyof typeof platformErrors
  | CardCode;

/** Stripe's own codes for a card that was refused. */
export type CardCode = keyof typeof cardErrors;

type Entry = readonly [status: number, words: string, retryAfter?: number];

/** Which part of a payment failed: the card, what was asked, the provider or we, the line to it, or nobody knows. */
export type ErrorKind =
  | "card_error"
  | "invalid_request"
  | "api_error"
  | "connection_error"
  | "unknown_error";

type Extra = {
  /** The field at fault, in the words of the request. */
  param?: string | undefined;
  /** Seconds after which trying again makes sense, where the catalogue does not know. */
  retryAfter?: number;
  /** Where a person can put it right: a path of this site. */
  hint?: string;
  /** Why a bank declined: its words are used where it has some, and it goes out as decline_code. */
  decline?: string;
  /** Further members of the problem, in the names of the wire. */
  members?: Readonly<Record<string, string>>;
  cause?: unknown;
};

/** The one error that carries meaning outwards. Anything else that is thrown answers as `internal`. */
export class AppError extends Error {
  override name = "AppError";
  readonly code: ErrorCode;
  readonly status: number;
  readonly kind: ErrorKind;
  /** What its words are listed under: in the documentation, and in a flash. */
  readonly anchor: string;
  readonly param: string | undefined;
  readonly retryAfter: number | undefined;
  readonly hint: string | undefined;
  readonly members: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, extra: Extra = {}) {
    const { decline } = extra;
    const anchor = decline && ownWords(decline) ? decline : code;
    const [words, retryAfter] = ownWords(anchor) ?? wordsOf(code);
    super(words, { cause: extra.cause });
    this.code = code;
    this.anchor = anchor;
    this.status = catalogue[code][0];
    this.kind = kindOf(code);
    this.param = extra.param;
    this.retryAfter = extra.retryAfter ?? retryAfter;
    this.hint = extra.hint;
    this.members = {
      ...(decline && { decline_code: decline }),
      ...extra.members,
    };
  }
}

/** What a person reads for a code that travelled in a cookie or a query; null for an unknown one. */
export function messageFor(anchor: string): string | null {
  if (isCode(anchor)) return catalogue[anchor][1];
  return ownWords(anchor)?.[0] ?? null;
}

/** What a person reads when Stripe.js itself says that a card was refused, by its decline code or its code. */
export function cardWords(): Record<string, string> {
  const all = { ...declineErrors, ...cardErrors };
  return Object.fromEntries(
    Object.entries(all).map(([code, [words]]) => [code, words]),
  );
}

export type ListedError = {
  /** Under /docs/errors#…, where the `type` of a problem leads. */
  anchor: string;
  code: ErrorCode;
  declineCode: string | null;
  kind: ErrorKind;
  status: number;
  words: string;
  /** Seconds; null: something has to be changed first. */
  retryAfter: number | null;
};

/** All of them in the order of their anchors, for a page and for a test. */
export function listErrors(): ListedError[] {
  const codes = Object.keys(catalogue).filter(isCode).map(describe);
  const declines = Object.entries(declineErrors)
    .filter(([decline]) => !isCode(decline))
    .map(([decline, [words, retryAfter]]) => ({
      ...describe("card_declined"),
      anchor: decline,
      declineCode: decline,
      words,
      retryAfter: retryAfter ?? null,
    }));
  return [...codes, ...declines].toSorted((a, b) =>
    a.anchor < b.anchor ? -1 : 1,
  );
}

function describe(code: ErrorCode): ListedError {
  const [status, words, retryAfter = null] = catalogue[code];
  const kind = kindOf(code);
  return {
    anchor: code,
    code,
    declineCode: null,
    kind,
    status,
    words,
    retryAfter,
  };
}

function kindOf(code: ErrorCode): ErrorKind {
  const [status] = catalogue[code];
  if (status === 402) return "card_error";
  if (status < 500) return "invalid_request";
  if (code === "internal") return "unknown_error";
  return ["payment_provider_unavailable", "outcome_unknown"].includes(code)
    ? "connection_error"
    : "api_error";
}

function wordsOf(code: ErrorCode): readonly [string, number?] {
  const [, ...words] = catalogue[code];
  return words;
}

function ownWords(decline: string) {
  return Object.hasOwn(declineErrors, decline)
    ? declineErrors[decline]
    : undefined;
}

function isCode(text: string): text is ErrorCode {
  return Object.hasOwn(catalogue, text);
}

function atStatus402(words: typeof cardErrors): Record<CardCode, Entry> {
  const entries = Object.entries(words).map(([code, entry]) => [
    code,
    [402, ...entry],
  ]);
  return Object.fromEntries(entries) as Record<CardCode, Entry>; // the keys of `words`
}
