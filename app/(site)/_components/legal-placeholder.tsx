import { Banner } from "@/app/_components/ui/banner";
import { brand } from "@/lib/catalog/brand";

/** Stands where the deployment's own words must stand before it sells anything. */
export function LegalPlaceholder({
  title,
  about,
  file,
}: {
  title: string;
  about: string;
  file: string;
}) {
  return (
    <div className="mx-auto grid max-w-180 gap-6 py-12">
      <h1 className="text-3xl font-semibold tracking-tight">{title}</h1>
      <Banner tone="warning" title="This page is a placeholder">
        <p>It is not legal text and binds nobody.</p>
      </Banner>
      <p>
        Here belongs {about}. Whoever runs this deployment writes it, in{" "}
        <code className="font-mono text-sm break-all">{file}</code>, before the
        first sale. Until then, write to{" "}
        <a href={`mailto:${brand.supportEmail}`} className="underline">
          {brand.supportEmail}
        </a>
        .
      </p>
    </div>
  );
}
