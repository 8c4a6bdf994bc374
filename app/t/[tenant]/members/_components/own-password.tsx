import { Field } from "@/app/_components/ui/field";

/** For who signed in a while ago: making or unmaking an owner takes more than an open session. */
export function OwnPassword({ id }: { id: string }) {
  return (
    <Field
      label="Your password, if this is about an owner"
      name="password"
      id={id}
      type="password"
      autoComplete="current-password"
      maxLength={128}
    />
  );
}
