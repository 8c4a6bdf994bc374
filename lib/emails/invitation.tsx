import type { Mail } from "@/lib/platform/mail";
import { formatDate } from "@/lib/platform/time";
import { Action } from "./parts/action";
import { Facts } from "./parts/facts";
import { Layout } from "./parts/layout";
import { Paragraph } from "./parts/paragraph";

/** The link names the invitation and is no secret: only the invited, verified address can accept it. */
export function invitation({
  to,
  workspace,
  inviter,
  role,
  url,
  expiresAt,
}: {
  to: string;
  workspace: string;
  inviter: string;
  role: string;
  url: string;
  expiresAt: Date;
}): Mail {
  return {
    to,
    subject: `${inviter} invites you to ${workspace}`,
    body: (
      <Layout
        title={`Join ${workspace}`}
        preview={`${inviter} invites you. The invitation is open until ${formatDate(expiresAt)}.`}
        why="You get this because somebody entered this address. If you do not know them, ignore it: the invitation lapses."
      >
        <Paragraph>{inviter} invites you to work in this workspace.</Paragraph>
        <Facts
          facts={[
            ["Workspace", workspace],
            ["Your role", role],
            ["For", to],
            ["Open until", formatDate(expiresAt)],
          ]}
        />
        <Action href={url}>See the invitation</Action>
      </Layout>
    ),
  };
}
