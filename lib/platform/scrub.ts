/** What gives somebody away, or opens a door, in text that a library or a server wrote. */
const telling = [
  /"[^"]*"|`[^`]*`|(?<!\w)'[^']*'(?!\w)|<[^>]*>/g, // what is quoted is somebody's input
  /\S+@\S+/g, // addresses, and logins in URLs
  /\b(?:sk|rk|whsec|seti|cs|pi)_\w+/g, // keys, and what leads to a payment
  /\d[\d -]{10,}\d/g, // long enough for a card
  /(?=[\w+/=.-]*\d)[\w+/=.-]{20,}/g, // tokens
];

/** The text with "…" in place of values, and cut short: what kind of trouble it is stays, of whom does not. */
export function scrub(text: string): string {
  const cut = text.slice(0, 2000); // a bound on the work
  return telling
    .reduce((rest, pattern) => rest.replace(pattern, "…"), cut)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 300);
}
