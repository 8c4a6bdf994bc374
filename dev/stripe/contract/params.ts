import type { Stripe } from "stripe";
import type { SdkParams } from "./sdk-params";

export type OperationName = keyof SdkParams;

/** An operation's parameters as handlers get them: typed by the SDK, numbers and booleans read, unset as null. */
export type Params<N extends OperationName> = Received<SdkParams[N]>;

/** The wire has no Decimal, no open enumeration (the SDK's `string & {}`) and no empty string. */
export type Received<T> = T extends string
  ? T extends object | ""
    ? never
    : T
  : T extends Stripe.Decimal
    ? string
    : T extends object
      ? { [K in keyof T]: Received<T[K]> }
      : T;
