import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";

/** On every page of a workspace until the address is confirmed. */
export function Unconfirmed({ email, here }: { email: string; here: string }) {
  return (
    <section aria-label="Address not confirmed" className="border-b bg-surface">
      <div className="mx-auto flex max-w-270 flex-wrap items-center justify-between gap-x-4 px-4 py-1 sm:px-6">
        <p className="py-2">
          Open the link that we mailed to{" "}
          <span className="font-medium wrap-anywhere">{email}</span> to confirm
          that it is yours.
        </p>
        <PostForm
          action="/api/account/verification"
          label="Send the link again"
          done="Sent. Look in your inbox."
          className="-ml-2 flex sm:-mr-2"
        >
          <input type="hidden" name="next" value={here} />
          <SubmitButton look="quiet">Send it again</SubmitButton>
        </PostForm>
      </div>
    </section>
  );
}
