/**
 * The new key for a browser without JavaScript: an answer that is nowhere kept, unlike a page that one could come
 * back to. Both texts are ours and hold nothing to escape.
 */
export function keyPage(key: string, back: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Your new API key</title>
<main>
<h1>Your new API key</h1>
<p>Copy it now: it is not shown again, because only its hash is kept.</p>
<p><code>${key}</code></p>
<p><a href="${back}">Back to settings</a></p>
</main>
</html>`;
}
