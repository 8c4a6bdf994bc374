import type { Stripe } from "stripe";
import type { SdkParams } from "./sdk-params";

export type OperationName = keyof SdkParams;

/** An operation's parameters as handlers get them: typed by the SDK, numbers and booleans read, unset as null. */
export type Params<N extends OperationName> = Received<SdkParams[N]>;

/** The wire has no Decimal, no open enumeration and no empty string. */
export type Received<T> = T extends string
  ? Known<T>
  : T extends Stripe.Decimal
    ? string
    : T extends object
      ? { [K in keyof T]: Received<T[K]> }
      : T;

/** Any text, or a value that the SDK names; not the one it adds for values it does not know yet. */
type Known<T extends string> = string extends T
  ? T
  : T extends ""
    ? never
    : Record<never, never> extends Record<T, 1>
      ? never
      : T;
