import { Field } from "./ui/field";

/** For who signed in a while ago, and has to show anew that it is they before what cannot be taken back. */
export function PasswordAgain({
  id,
  label = "Your password",
  hint = "You signed in a while ago. Sign in again if you have none.",
}: {
  id?: string;
  label?: string;
  hint?: string;
}) {
  return (
    <Field
      {...(id && { id })}
      label={label}
      name="password"
      type="password"
      required
      autoComplete="current-password"
      maxLength={128}
      hint={hint}
    />
  );
}
