import type { Mail } from "@/lib/platform/mail";
import { Action } from "./parts/action";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";

/** To the new address: nothing changes until its link was opened. The link is a secret. */
export function emailChange({
  name,
  to,
  url,
}: {
  name: string;
  /** The new address. */
  to: string;
  url: string;
}): Mail {
  return {
    to,
    subject: "Confirm your new email address",
    body: (
      <Layout
        title="Confirm your new email address"
        preview="Until you do, your old address stays in use."
        why="You get this because somebody wants to sign in with this address from now on. If it was not you, ignore it: nothing changes."
      >
        <Paragraph>
          Hello {name}, you want to sign in with {to} from now on. The link
          works for one hour, where you are signed in; until you open it, your
          old address stays in use.
        </Paragraph>
        <Action href={url}>Use this address</Action>
      </Layout>
    ),
  };
}
