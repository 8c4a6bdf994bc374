import type { Context } from "./context";

/** Does it for real and takes everything back: so a preview is what the act itself would bring. */
export function imagine<T extends object>(ctx: Context, work: () => T): T {
  const undone = new Error("imagined");
  let result: T | undefined;
  try {
    ctx.store.attempt(() => {
      result = work();
      throw undone;
    });
  } catch (error) {
    if (error !== undone || !result) throw error;
  }
  if (!result) throw undone;
  return result;
}
