import { buttonClass } from "@/app/_components/ui/button";

const schemes = [
  { label: "As the device", scheme: undefined, href: "/admin/design" },
  { label: "Light", scheme: "light", href: "/admin/design?scheme=light" },
  { label: "Dark", scheme: "dark", href: "/admin/design?scheme=dark" },
] as const;

/** The whole page in one theme or the other. */
export function Schemes({ shown }: { shown: "light" | "dark" | undefined }) {
  return (
    <nav aria-label="Theme" className="flex flex-wrap gap-1">
      {schemes.map(({ label, scheme, href }) => (
        <a
          key={label}
          href={href}
          aria-current={scheme === shown ? "true" : undefined}
          className={buttonClass(
            "quiet",
            "aria-[current=true]:bg-surface aria-[current=true]:text-ink",
          )}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
