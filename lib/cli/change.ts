/** Something that Stripe lacks or has otherwise than this code: said first, then mended. */
export type Change = {
  /** "+" for what is created, "~" for what is changed. */
  line: `${"+" | "~"} ${string}`;
  /** Gives back what a person has to know or do afterwards. */
  apply(): Promise<string[] | void>;
};

/** One part of what this code wants of Stripe. */
export type Plan = {
  changes: Change[];
  /** Worth knowing; all is well. */
  notes?: string[];
  /** Wrong, and nothing that can be mended from here. */
  warnings?: string[];
};
