import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { listProviders } from "@/lib/auth/provider-sign-in";

/** A button for each provider that is set up; nothing where none is. */
export function Providers({ next }: { next: string | null }) {
  const providers = listProviders();
  if (providers.length === 0) return null;
  return (
    <div className="grid gap-3">
      <p className="text-sm text-ink-soft">Or with an account that you have:</p>
      {providers.map(({ id, name }) => (
        <PostForm
          key={id}
          action="/api/sign-in/provider"
          label={`Continue with ${name}`}
        >
          <input type="hidden" name="provider" value={id} />
          {next && <input type="hidden" name="next" value={next} />}
          <SubmitButton>{`Continue with ${name}`}</SubmitButton>
        </PostForm>
      ))}
    </div>
  );
}
