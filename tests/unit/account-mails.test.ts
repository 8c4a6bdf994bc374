import { describe, expect, it } from "vitest";
import { emailChange } from "@/lib/emails/email-change";
import { emailChanged } from "@/lib/emails/email-changed";
import { invitation } from "@/lib/emails/invitation";
import { resetPassword } from "@/lib/emails/reset-password";
import { verifyEmail } from "@/lib/emails/verify-email";
import { renderMail } from "@/lib/platform/mail";

const to = "ada@example.com";
const url = "https://app.example.com/api/auth/x?token=t&callbackURL=%2F";

describe("mails about an account", () => {
  it.each([
    ["verify", verifyEmail({ name: "Ada", to, url })],
    ["reset", resetPassword({ name: "Ada", to, url })],
    ["email change", emailChange({ name: "Ada", to, url })],
  ])(
    "%s: the link stands in both parts, and how long it works",
    async (_, mail) => {
      const { html, text } = await renderMail(mail);
      expect(text.split(/\s/)).toContain(url);
      expect(html).toContain(`href="${url.replace("&", "&amp;")}"`);
      expect(text).toContain("one hour");
      expect(mail.to).toBe(to);
    },
  );

  it("the old address is told the new one, and what to do", async () => {
    const mail = emailChanged({ name: "Ada", to, newEmail: "new@example.com" });
    const { text } = await renderMail(mail);
    expect(mail.subject).toContain("new@example.com");
    expect(text).toContain("change your password");
  });

  it("an invitation says who, where to, as what and until when", async () => {
    const mail = invitation({
      to,
      workspace: "Müller & <b>Co</b>",
      inviter: "Grace",
      role: "billing",
      url: "https://app.example.com/invite/1",
      expiresAt: new Date("2027-01-02T00:00:00Z"),
    });
    const { html, text } = await renderMail(mail);
    expect(mail.subject).toBe("Grace invites you to Müller & <b>Co</b>");
    expect(text).toMatch(/Workspace +Müller & <b>Co<\/b>/);
    expect(text).toMatch(/Your role +billing/);
    expect(text).toMatch(/Open until +2 January 2027/);
    expect(text).toContain("https://app.example.com/invite/1");
    expect(html).not.toContain("<b>Co");
  });
});
