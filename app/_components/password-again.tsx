import { Field } from "./ui/field";

/** For who signed in a while ago: money that goes back takes more than an open session. */
export function PasswordAgain({ id }: { id?: string }) {
  return (
    <Field
      {...(id && { id })}
      label="Your password"
      name="password"
      type="password"
      required
      autoComplete="current-password"
      hint="You signed in a while ago."
    />
  );
}
