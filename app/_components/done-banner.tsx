import { Banner } from "./ui/banner";

/** What each form of a page says once it has worked, by the code that its address carries then. */
export type DoneWords = Readonly<Record<string, string>>;

/** For a form sent without JavaScript; with it the same words are a toast. */
export function DoneBanner({
  code,
  words,
}: {
  code: string | null;
  words: DoneWords;
}) {
  const text = code && Object.hasOwn(words, code) ? words[code] : null;
  return text ? <Banner tone="good" title={text} /> : null;
}
