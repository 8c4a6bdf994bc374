import type { Stripe } from "stripe";
import type { SdkParams } from "./sdk-params";

export type OperationName = keyof SdkParams;

/** An operation's parameters as handlers get them: typed by the SDK, numbers and booleans read, unset as null. */
export type Params<N extends OperationName> = Received<SdkParams[N]>;

/** The wire has no Decimal, no open enumeration and no empty string. */
export type Received<T> = T extends ""
  ? never
  : T extends Stripe.Decimal
    ? string
    : T extends string
      ? Same<T, OtherString> extends true
        ? never
        : T
      : T extends object
        ? { [K in keyof T]: Received<T[K]> }
        : T;

type OtherString = string & Record<never, never>;
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2
    ? true
    : false;
