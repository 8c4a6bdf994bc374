const lines = [
  { name: "app", value: "your product, at http://localhost:3000" },
  { name: "stripe", value: "an emulator of Stripe’s API and pages" },
  { name: "mail", value: "every mail that would have been sent" },
  { name: "database", value: "a PostgreSQL of its own" },
  { name: "test card", value: "4242 4242 4242 4242" },
] as const;

/** What one command starts. */
export function OneCommand() {
  return (
    <section
      aria-labelledby="command-title"
      className="grid gap-8 border-t py-12 md:grid-cols-2"
    >
      <div>
        <h2
          id="command-title"
          className="text-2xl font-semibold tracking-tight"
        >
          One command, nothing to sign up for
        </h2>
        <p className="mt-3 max-w-prose text-pretty text-ink-soft">
          You need Node and nothing else: no account, no Docker and, once
          installed, no internet. Set a key in .env and just that part is
          replaced by the real thing.
        </p>
      </div>
      <figure className="rounded-lg border bg-surface p-5 font-mono text-sm">
        <figcaption>
          <span className="text-ink-soft" aria-hidden="true">
            ${" "}
          </span>
          npm run dev
        </figcaption>
        <dl className="mt-4 grid gap-x-6 gap-y-1.5 sm:grid-cols-[auto_1fr]">
          {lines.map(({ name, value }) => (
            <div key={name} className="contents">
              <dt className="text-ink-soft">{name}</dt>
              <dd className="max-sm:mb-2">{value}</dd>
            </div>
          ))}
        </dl>
      </figure>
    </section>
  );
}
