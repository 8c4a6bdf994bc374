/** Lines to copy, all at one click. */
export function Commands({ lines }: { lines: readonly string[] }) {
  return (
    <pre className="mt-3 whitespace-pre-wrap wrap-anywhere rounded-lg border bg-surface p-3 font-mono text-sm select-all">
      {lines.join("\n")}
    </pre>
  );
}
