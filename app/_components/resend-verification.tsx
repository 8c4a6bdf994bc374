import { PostForm } from "./post-form";
import { SubmitButton } from "./submit-button";

/** Mails the confirmation link again. Both the answer and the link lead back to `next`. */
export function ResendVerification({ next }: { next: string }) {
  return (
    <PostForm
      action="/api/account/verification"
      label="Send the link again"
      done="Sent. Look in your inbox."
      className="grid justify-items-start gap-2"
    >
      <input type="hidden" name="next" value={next} />
      <SubmitButton>Send the link again</SubmitButton>
    </PostForm>
  );
}
