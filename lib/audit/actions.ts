/** What is written down, and which part of the log it belongs to. */
const kindOf = {
  "access.denied": "security",
  "api_key.created": "security",
  "api_key.revoked": "security",
  "billing_details.updated": "billing",
  "checkout.created": "billing",
  "checkout.completed": "billing",
  "checkout.expired": "billing",
  "customer.created": "billing",
  "customer.deleted": "billing",
  "customer.gone": "billing",
  "charge.asked": "billing",
  "charge.made": "billing",
  "dispute.changed": "billing",
  "member.invited": "people",
  "member.invitation_revoked": "people",
  "member.joined": "people",
  "member.left": "people",
  "member.removed": "people",
  "member.role_changed": "people",
  "order.recorded": "billing",
  "order.updated": "billing",
  "payment.began": "billing",
  "payment.cancelled": "billing",
  "payment.changed": "billing",
  "payment.suspected": "billing",
  "payment.confirmed": "billing",
  "payment_method.changed": "billing",
  "payment_method.made_default": "billing",
  "payment_method.removed": "billing",
  "person.signed_in": "security",
  "person.sign_in_failed": "security",
  "person.signed_out": "security",
  "person.password_changed": "security",
  "person.email_changed": "security",
  "person.session_revoked": "security",
  "invoice.payment_asked": "billing",
  "plan.began": "billing",
  "plan.cancelled": "billing",
  "plan.change_undone": "billing",
  "plan.changed": "billing",
  "plan.paused": "billing",
  "plan.resumed": "billing",
  "plan.seats_counted": "billing",
  "plan.trial_ended": "billing",
  "portal.opened": "billing",
  "price.hidden": "billing",
  "price.offered": "billing",
  "price.shown": "billing",
  "price.withdrawn": "billing",
  "project.created": "product",
  "plan.ended_by_dispute": "billing",
  "plan.ended_by_refund": "billing",
  "refund.asked": "billing",
  "refund.changed": "billing",
  "refund.refused": "billing",
  "subscription.changed": "billing",
  "subscription.doubled": "billing",
  "subscription.undone": "billing",
  "workspace.closed": "workspace",
  "workspace.erased": "workspace",
  "workspace.renamed": "workspace",
  "workspace.resynced": "billing",
  "workspace.settings_changed": "workspace",
} as const;

export const auditKinds = [
  "billing",
  "people",
  "product",
  "security",
  "workspace",
] as const;

export type AuditKind = (typeof auditKinds)[number];

export type AuditAction = keyof typeof kindOf;

/** What concerns a person rather than one workspace; each of their workspaces hears of it. */
export type SecurityAction = Extract<AuditAction, `person.${string}`>;

export function actionsOf(kind: AuditKind): string[] {
  return Object.entries(kindOf).flatMap(([action, its]) =>
    its === kind ? [action] : [],
  );
}
