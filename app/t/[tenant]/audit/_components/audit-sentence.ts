import type { AuditAction } from "@/lib/audit/actions";
import type { AuditEntryView } from "@/lib/audit/list";
import { brand } from "@/lib/catalog/brand";

type Entry = Pick<AuditEntryView, "action" | "details" | "person">;
type Words = string | ((entry: Entry) => string);

/** Stripe's states, as a person says them. */
const payments: Readonly<Record<string, string>> = {
  canceled: "called off",
  processing: "on its way",
  requires_action: "waits for the buyer’s confirmation",
  requires_confirmation: "waits to be confirmed",
  requires_payment_method: "waits for a way to pay",
  succeeded: "paid",
};
const refunds: Readonly<Record<string, string>> = {
  canceled: "called off",
  failed: "did not arrive",
  pending: "on its way",
  requires_action: "waits for the buyer",
  succeeded: "given back",
};
const disputes: Readonly<Record<string, string>> = {
  needs_response: "waits for evidence",
  warning_needs_response: "a warning that waits for evidence",
  warning_under_review: "a warning under review",
};

/** What was done, as the end of a sentence that begins with whoever did it. */
const words: Record<AuditAction, Words> = {
  "access.denied": (entry) =>
    detail(entry, "reason") === "wrong_password"
      ? "gave a wrong password"
      : "was refused something that the role does not allow",
  "api_key.created": "made an API key",
  "api_key.revoked": "revoked an API key",
  "billing_details.updated": "changed the billing details",
  "charge.asked": "charged a saved card, or tried to",
  "charge.made": "asked for a payment",
  "checkout.created": "opened a checkout",
  "checkout.completed": "completed a checkout",
  "checkout.expired": "ended a checkout without a purchase",
  "customer.created": "made the billing profile",
  "customer.deleted": "deleted the billing profile",
  "customer.gone": "noted that the billing profile is deleted",
  "dispute.changed": (entry) => `updated a dispute: ${state(entry, disputes)}`,
  "member.invited": (entry) => `invited somebody as ${role(entry, "role")}`,
  "member.invitation_revoked": "withdrew an invitation",
  "member.joined": (entry) => `joined as ${role(entry, "role")}`,
  "member.left": "left the workspace",
  "member.removed": "removed a member",
  "member.role_changed": (entry) =>
    `made ${entry.person ?? "a member"} ${role(entry, "to")} instead of ${role(entry, "from")}`,
  "order.recorded": "recorded a one-time purchase",
  "order.updated": "updated a one-time purchase",
  "payment.began": "began a payment",
  "payment.cancelled": "called a payment off",
  "payment.changed": (entry) => `updated a payment: ${state(entry, payments)}`,
  "payment.suspected": "warned that a payment may be fraud",
  "payment.confirmed": "paid with a saved card, or tried to",
  "payment_method.changed": "changed a saved way to pay",
  "payment_method.made_default": "chose another way to pay",
  "payment_method.removed": "removed a saved way to pay",
  "person.signed_in": "signed in",
  "person.sign_in_failed": "failed to sign in",
  "person.signed_out": "signed out",
  "person.password_changed": "changed their password",
  "person.email_changed": "changed their email address",
  "person.session_revoked": "ended sessions on other devices",
  "invoice.payment_asked": "paid an invoice, or tried to",
  "plan.began": "began a plan on a saved card",
  "plan.cancelled": (entry) =>
    detail(entry, "state") === "ending"
      ? "cancelled the plan for the end of its period"
      : "cancelled the plan at once",
  "plan.change_undone": "called off a planned change of the plan",
  "plan.changed": (entry) =>
    detail(entry, "state") === "planned"
      ? "planned a change of the plan"
      : "changed the plan",
  "plan.paused": "paused the plan",
  "plan.resumed": "resumed the plan",
  "plan.seats_counted": "counted the seats of the plan",
  "plan.trial_ended": "ended the trial",
  "portal.opened": "opened the billing portal",
  "price.hidden": "took a price off this workspace’s choice",
  "price.offered": "offered this workspace a price of its own",
  "price.shown": "put a price back on this workspace’s choice",
  "price.withdrawn": "withdrew a price of this workspace’s own",
  "project.created": "created a project",
  "plan.ended_by_dispute": "ended the plan, because its payment was disputed",
  "plan.ended_by_refund": "ended the plan, because its payment was given back",
  "refund.asked": "asked for a refund",
  "refund.changed": (entry) => `updated a refund: ${state(entry, refunds)}`,
  "refund.refused": "asked for a refund that was refused",
  "subscription.changed": (entry) =>
    `updated the plan: ${plain(detail(entry, "from") ?? "none")} → ${plain(detail(entry, "to") ?? "unknown")}`,
  "subscription.doubled": "found two plans at once",
  "subscription.undone":
    "cancelled a plan that was paid twice, and refunded it",
  "workspace.closed": "deleted the workspace",
  "workspace.erased": "erased the workspace",
  "workspace.renamed": "changed the workspace’s name or address",
  "workspace.resynced": "fetched the billing data from Stripe again",
  "workspace.settings_changed": "changed where buyers come back to",
};

export function auditSentence(entry: AuditEntryView): string {
  return `${actorName(entry.actor)} ${deed(entry)}`;
}

function actorName({ kind, name }: AuditEntryView["actor"]): string {
  if (kind === "stripe") return "Stripe";
  if (kind === "job") return "A scheduled job";
  if (kind === "staff") return `${brand.name} support`;
  if (kind === "api_key") return name ? `The API key “${name}”` : "An API key";
  return name ?? "A former member";
}

/** An action that an older or newer version wrote is shown by its code. */
function deed(entry: Entry): string {
  const found = Object.hasOwn(words, entry.action)
    ? words[entry.action as AuditAction]
    : entry.action;
  return typeof found === "string" ? found : found(entry);
}

function detail({ details }: Entry, name: string): string | null {
  if (typeof details !== "object" || !details || Array.isArray(details))
    return null;
  const value = details[name];
  return typeof value === "string" ? value : null;
}

/** A state without words of its own stands as it is. */
function state(entry: Entry, known: Readonly<Record<string, string>>): string {
  const status = detail(entry, "status") ?? "unknown";
  return known[status] ?? plain(status);
}

function role(entry: Entry, name: string): string {
  return plain(detail(entry, name) ?? "member");
}

function plain(code: string): string {
  return code.replaceAll("_", " ");
}
