import { ConfirmDialog } from "@/app/_components/confirm-dialog";
import type { getFlash } from "@/app/_components/get-flash";
import { PasswordAgain } from "@/app/_components/password-again";
import { Section } from "@/app/_components/ui/section";
import { PlainLink } from "@/app/_components/ui/text-link";

const action = "/api/account/delete";

/** What is kept of a person: to take along, and to have erased. */
export function DataPart({
  asksPassword,
  flash,
}: {
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const own = flash?.action === action ? flash : null;
  return (
    <Section id="data" title="Your data">
      <div className="grid max-w-180 justify-items-start gap-4">
        <p>
          <PlainLink href="/api/account/export" download="account.json">
            Download what is kept of you as JSON
          </PlainLink>
        </p>
        <p className="text-pretty text-ink-soft">
          Deleting your account takes you out of every workspace. What you made
          in them stays theirs, without your name. A workspace of which you are
          the only owner has to be deleted first, or needs another owner.
        </p>
        <ConfirmDialog
          trigger="Delete your account"
          look="danger"
          title="Delete your account?"
          description="You are signed out everywhere, and nobody can bring the account back."
          action={action}
          confirm="Delete account"
          keep="Keep account"
          flash={own}
        >
          {asksPassword && (
            <PasswordAgain label="Your password, to delete the account" />
          )}
        </ConfirmDialog>
      </div>
    </Section>
  );
}
