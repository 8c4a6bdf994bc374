import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Checkbox, Radio, RadioGroup } from "@/app/_components/ui/choice";
import { Field } from "@/app/_components/ui/field";
import { Section } from "@/app/_components/ui/section";
import { Select } from "@/app/_components/ui/select";
import { Textarea } from "@/app/_components/ui/textarea";

const roles = [
  { value: "member", label: "Member" },
  { value: "billing", label: "Billing" },
  { value: "viewer", label: "Viewer" },
];

const refused = {
  code: "validation",
  message: "Something in the form is not right. Check it and try again.",
  requestId: "req_0123456789ab",
  fields: [
    { name: "email", code: "invalid_format" },
    { name: "note", code: "too_big" },
  ],
};

export function Fields() {
  return (
    <>
      <Section id="fields" title="Fields">
        <div className="grid gap-6 sm:grid-cols-2">
          <Field label="Empty" name="empty" />
          <Field label="With a hint" name="hint" hint="What it is for." />
          <Field label="Filled" name="filled" defaultValue="Ada Lovelace" />
          <Field label="Disabled" name="disabled" defaultValue="Set" disabled />
          <Field
            label="Wrong"
            name="wrong"
            defaultValue="ada@nowhere"
            error="Write an address such as name@example.com."
          />
          <Field label="Password" name="secret" type="password" />
          <Select label="Select" name="role" options={roles} />
          <Select
            label="Select, wrong"
            name="wrong-role"
            options={roles}
            error="Choose one of the values offered."
          />
          <Textarea label="Several lines" name="lines" hint="Up to 500." />
          <div className="grid gap-4">
            <RadioGroup legend="One of these">
              <Radio name="one" value="a" label="Monthly" defaultChecked />
              <Radio name="one" value="b" label="Yearly" hint="Saves 16%." />
              <Radio name="one" value="c" label="Not on sale" disabled />
            </RadioGroup>
            <Checkbox name="tick" label="Tell me by mail" defaultChecked />
          </div>
        </div>
      </Section>
      <Section
        id="form"
        title="A form that was refused"
        description="Sent again, it is refused again: nothing is stored."
      >
        <PostForm
          action="/api/projects"
          label="A form that was refused"
          flash={refused}
          className="grid max-w-120 gap-4"
        >
          <Field
            id="refused-email"
            label="Email"
            name="email"
            type="email"
            defaultValue="ada@nowhere"
          />
          <Textarea id="refused-note" label="Note" name="note" />
          <SubmitButton look="primary">Send it again</SubmitButton>
        </PostForm>
      </Section>
    </>
  );
}
