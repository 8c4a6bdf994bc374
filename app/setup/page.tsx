import type { Metadata } from "next";
import { Logo } from "@/app/_components/logo";
import { PageHeader } from "@/app/_components/ui/page-header";
import { Section } from "@/app/_components/ui/section";
import { getSetupState } from "@/lib/admin/setup";
import { Setting } from "./_components/setting";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Setup",
  robots: { index: false, follow: false },
};

export default function SetupPage() {
  const { missing, payments, address } = getSetupState();
  return (
    <div className="mx-auto max-w-180 px-4 py-8 sm:px-6">
      <header>
        <Logo />
      </header>
      <main id="main" className="mt-8 grid gap-8">
        <PageHeader
          title={
            missing.length > 0 ? "Almost there" : "This deployment is set up"
          }
        >
          {missing.length > 0
            ? "This deployment cannot work yet. Set what is named here, then deploy again: this page gives way to the site by itself."
            : "Nothing that the pages need is missing."}
        </PageHeader>
        {missing.includes("DATABASE_URL") && (
          <Setting
            name="DATABASE_URL"
            command={'DATABASE_URL="postgres://user:password@host:5432/name"'}
          >
            Where your Postgres is. Any provider will do. Create its tables with{" "}
            <code className="font-mono">npm run db:migrate</code>.
          </Setting>
        )}
        {missing.includes("BETTER_AUTH_SECRET") && (
          <Setting name="BETTER_AUTH_SECRET" command="openssl rand -base64 32">
            What signs the sessions of your users. Set it to what this command
            prints, and keep it to yourself.
          </Setting>
        )}
        {payments ? (
          <Section id="payments" title="Payments are set up">
            <p>Stripe keys are set.</p>
          </Section>
        ) : (
          <Setting
            name="STRIPE_SECRET_KEY"
            id="payments"
            title="Payments: the step after"
            command={
              'STRIPE_SECRET_KEY="sk_test_…"\nSTRIPE_PUBLISHABLE_KEY="pk_test_…"\nnpm run stripe -- setup  # prints STRIPE_WEBHOOK_SECRET'
            }
          >
            Optional for now. Without these keys everything works but buying,
            which says that payments are not set up.
          </Setting>
        )}
        {missing.length > 0 && (
          <>
            {!address && (
              <Setting
                name="APP_URL"
                title="Your address: before you go live"
                command={'APP_URL="https://app.example.com"'}
              >
                Where people reach this deployment. Mails and Stripe lead back
                there, and forms sent from anywhere else are refused.
              </Setting>
            )}
            <Setting
              name="CRON_SECRET"
              title="Crons: before you go live"
              command="openssl rand -hex 24"
            >
              What the crons show. Without it what failed is not tried again,
              and what never arrived is not looked for.
            </Setting>
            <Setting
              name="SMTP_URL"
              title="Mail and staff: before you go live"
              command={
                'SMTP_URL="smtps://user:password@host:465"\nMAIL_FROM="Billing <billing@your.domain>"\nSTAFF_EMAILS="you@your.domain"'
              }
            >
              What sends confirmations and receipts, and who may open /admin.
              There the doctor says what is still wrong; so does{" "}
              <code className="font-mono">npm run doctor</code>.
            </Setting>
          </>
        )}
      </main>
    </div>
  );
}
