import type { Metadata } from "next";
import { Notice } from "./_components/notice";
import { ButtonLink } from "./_components/ui/button-link";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <Notice title="There is nothing at this address">
      <p>
        It may have moved, belong to a workspace you are not part of, or be
        closed to your role.
      </p>
      <ButtonLink href="/t" look="primary">
        Go to your workspace
      </ButtonLink>
    </Notice>
  );
}
