// Written by `npm run api:generate` from docs/openapi.json.

export type Card = {
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
};

export type Checkout = {
  id: string;
  status: "open" | "complete" | "expired";
  paymentStatus: string;
  total: string | null;
  url: string | null;
  expiresAt: string;
  secondsLeft: number;
};

export type Confirmation = {
  clientSecret: string;
  publishableKey: string;
  script: string;
};

export type Customer = {
  id: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  description: string | null;
  locale: string | null;
  address: unknown;
  taxIds: unknown;
  defaultPaymentMethod: string | null;
  card: Card | null;
  balance: number;
  createdAt: string;
};

export type EmbeddedCheckout = {
  id: string;
  clientSecret: string;
  publishableKey: string;
  expiresAt: string;
};

export type Invoice = {
  id: string;
  number: string | null;
  status: string | null;
  reason: string | null;
  customerId: string;
  subscriptionId: string | null;
  currency: string;
  total: string;
  amountDue: string;
  amountPaid: string;
  attemptCount: number;
  actionRequired: boolean;
  nextAttemptAt: string | null;
  hostedInvoiceUrl: string | null;
  invoicePdf: string | null;
  createdAt: string;
};

export type OpenCheckout = { id: string; url: string; expiresAt: string };

export type Payment = {
  id: string;
  status: string;
  currency: string;
  amount: string;
  amountCaptured: string;
  amountRefunded: string;
  description: string | null;
  card: Card | null;
  failure: { code: string; declineCode: string | null; message: string } | null;
  receiptUrl: string | null;
  createdAt: string;
};

export type PaymentBegun = {
  id: string;
  clientSecret: string;
  publishableKey: string;
};

export type PaymentMethod = {
  id: string;
  type: string;
  card: Card | null;
  isUsed: boolean;
  paysPlan: boolean;
  isExpired: boolean;
  expiresSoon: boolean;
};

export type Price = {
  lookupKey: string;
  productId: string;
  productName: string;
  amount: string;
  currency: string;
  interval: "month" | "year" | null;
  minQuantity: number;
  maxQuantity: number;
  trialDays: number | null;
  offer: string | null;
};

export type Problem = {
  type: string;
  title: string;
  status: number;
  code: string;
  param?: string;
  hint?: string;
  request_id: string;
  errors?: readonly { pointer: string; code: string }[];
};

export type Purchase = {
  id: string;
  status: "pending" | "paid" | "failed";
  checkoutSessionId: string | null;
  description: string | null;
  lines: readonly {
    productId: string;
    priceId: string;
    quantity: number;
    amount: string;
  }[];
  currency: string;
  amountTotal: string;
  paymentIntentId: string | null;
  receiptUrl: string | null;
  paidAt: string | null;
  createdAt: string;
};

export type Quote = {
  from: string;
  to: string;
  when: "now" | "period_end";
  quantity: number;
  currency: string;
  due: string;
  credit: string;
  lines: readonly { text: string; amount: string }[];
  next: { amount: string; at: string | null };
  prorationDate: number | null;
  quote: string;
};

export type Refund = {
  id: string;
  paymentId: string;
  amount: string;
  currency: string;
  status: string | null;
  reason: string | null;
  failureReason: string | null;
  invoiceId: string | null;
  creditNoteId: string | null;
  createdAt: string;
};

export type StaffCustomer = {
  id: string;
  name: string | null;
  email: string | null;
  deleted: boolean;
  createdAt: string;
  tenantId: string;
  tenantName: string;
  url: string;
};

export type Subscription = {
  id: string;
  status: string;
  currency: string;
  items: readonly {
    id: string;
    name: string;
    priceId: string;
    quantity: number | null;
    unitAmount: string | null;
    interval: string | null;
    currentPeriodEnd: string;
  }[];
  cancelAt: string | null;
  cancelAtPeriodEnd: boolean;
  endedAt: string | null;
  trialEnd: string | null;
  latestInvoiceId: string | null;
  plannedChange: {
    at: string;
    items: readonly {
      priceId: string;
      productId: string;
      quantity: number;
      unitAmount: string | null;
      interval: string | null;
    }[];
  } | null;
  pendingChange: {
    expiresAt: string;
    items: readonly {
      priceId: string;
      productId: string;
      quantity: number;
      unitAmount: string | null;
      interval: string | null;
    }[];
  } | null;
  collectionPaused: { behavior: string; resumesAt: string | null } | null;
  createdAt: string;
};

export type Routes = {
  "POST /api/account/delete": {
    path: {};
    query: {};
    body: { password?: string };
    answer: { location: string };
  };
  "POST /api/account/email": {
    path: {};
    query: {};
    body: { email: string; password: string };
    answer: {};
  };
  "GET /api/account/export": {
    path: {};
    query: {};
    body: {};
    answer: {
      exportedAt: string;
      person: {
        id: string;
        name: string;
        email: string;
        memberships: readonly unknown[];
      };
      sessions: readonly unknown[];
      invitations: readonly unknown[];
      audit: readonly unknown[];
    };
  };
  "POST /api/account/name": {
    path: {};
    query: {};
    body: { name: string };
    answer: {};
  };
  "POST /api/account/password": {
    path: {};
    query: {};
    body: { password: string; newPassword: string };
    answer: {};
  };
  "POST /api/account/sessions/revoke-others": {
    path: {};
    query: {};
    body: {};
    answer: {};
  };
  "POST /api/account/sessions/revoke": {
    path: {};
    query: {};
    body: { sessionId: string };
    answer: {};
  };
  "POST /api/account/verification": {
    path: {};
    query: {};
    body: { next?: string };
    answer: {};
  };
  "GET /api/admin/customers": {
    path: {};
    query: { search?: string; before?: string };
    body: {};
    answer: { data: readonly StaffCustomer[]; older: string | null };
  };
  "POST /api/admin/tenants/{tenantId}/catalogue/{lookupKey}/hide": {
    path: { tenantId: string; lookupKey: string };
    query: {};
    body: {};
    answer: {};
  };
  "POST /api/admin/tenants/{tenantId}/catalogue/{lookupKey}/show": {
    path: { tenantId: string; lookupKey: string };
    query: {};
    body: {};
    answer: {};
  };
  "POST /api/admin/tenants/{tenantId}/charges/{paymentId}/cancel": {
    path: { tenantId: string; paymentId: string };
    query: {};
    body: {};
    answer: { id: string; state: "cancelled"; location?: string };
  };
  "POST /api/admin/tenants/{tenantId}/charges/{paymentId}/collect": {
    path: { tenantId: string; paymentId: string };
    query: {};
    body: {};
    answer: {
      id: string;
      state: "paid" | "confirm" | "under_way" | "declined";
      location?: string;
    };
  };
  "POST /api/admin/tenants/{tenantId}/charges": {
    path: { tenantId: string };
    query: {};
    body: {
      amount: string;
      currency?: "usd" | "eur";
      description: string;
      receiptEmail?: string;
      collect: "page" | "saved_card";
    };
    answer: {
      id: string;
      state: "asked" | "paid" | "confirm" | "under_way" | "declined";
      location?: string;
    };
  };
  "POST /api/admin/tenants/{tenantId}/customers/{customerId}/delete": {
    path: { tenantId: string; customerId: string };
    query: {};
    body: {};
    answer: { id: string; deleted: boolean };
  };
  "POST /api/admin/tenants/{tenantId}/prices/{priceId}/withdraw": {
    path: { tenantId: string; priceId: string };
    query: {};
    body: {};
    answer: {};
  };
  "POST /api/admin/tenants/{tenantId}/prices": {
    path: { tenantId: string };
    query: {};
    body: {
      lookupKey: string;
      name: string;
      amount: string;
      currency?: "usd" | "eur";
    };
    answer: { id: string };
  };
  "POST /api/admin/tenants/{tenantId}/refunds": {
    path: { tenantId: string };
    query: {};
    body: {
      paymentId: string;
      amount?: number;
      written?: string;
      password?: string;
      reason?: "requested_by_customer" | "duplicate" | "fraudulent";
      metadata?: Record<string, string>;
    };
    answer: Refund;
  };
  "POST /api/admin/tenants/{tenantId}/resync": {
    path: { tenantId: string };
    query: {};
    body: {};
    answer: { fetched: number };
  };
  "POST /api/admin/tenants/{tenantId}/subscriptions": {
    path: { tenantId: string };
    query: {};
    body: {
      priceId: string;
      trialDays?: "" | number;
      billingCycleAnchor?: string;
      prorationBehavior?: "create_prorations" | "none";
    };
    answer: {
      state: "running" | "payment_needed";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/admin/webhooks/{id}/replay": {
    path: { id: string };
    query: {};
    body: {};
    answer: {
      outcome: "done" | "ignored" | "failed" | "dead" | "put_off" | "busy";
    };
  };
  "POST /api/api-keys/{keyId}/revoke": {
    path: { keyId: string };
    query: {};
    body: { tenantId?: string };
    answer: {};
  };
  "POST /api/api-keys": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      name: string;
      billing?: "none" | "read" | "write";
      product?: "none" | "read" | "write";
      days?: "30" | "90" | "365";
      password?: string;
    };
    answer: { id: string; key: string; expiresAt: string };
  };
  "POST /api/checkout/{sessionId}/expire": {
    path: { sessionId: string };
    query: {};
    body: {};
    answer: Checkout;
  };
  "GET /api/checkout/{sessionId}": {
    path: { sessionId: string };
    query: {};
    body: {};
    answer: Checkout;
  };
  "POST /api/checkout/embedded": {
    path: {};
    query: {};
    body: {
      priceId?: string;
      quantity?: number;
      lineItems?: readonly { priceId: string; quantity?: number }[];
      tenantId?: string;
      customerId?: string;
      customerEmail?: string;
      successUrl?: string;
      cancelUrl?: string;
      metadata?: Record<string, string>;
      expiresInMinutes?: number;
      promotionCode?: string;
      locale?:
        | "bg"
        | "cs"
        | "da"
        | "de"
        | "el"
        | "en"
        | "en-GB"
        | "es"
        | "es-419"
        | "et"
        | "fi"
        | "fil"
        | "fr"
        | "fr-CA"
        | "hi-IN"
        | "hr"
        | "hu"
        | "id"
        | "it"
        | "ja"
        | "ko"
        | "lt"
        | "lv"
        | "ms"
        | "mt"
        | "nb"
        | "nl"
        | "pl"
        | "pt"
        | "pt-BR"
        | "ro"
        | "ru"
        | "sk"
        | "sl"
        | "sv"
        | "th"
        | "tr"
        | "vi"
        | "zh"
        | "zh-HK"
        | "zh-TW";
    };
    answer: EmbeddedCheckout;
  };
  "POST /api/checkout": {
    path: {};
    query: {};
    body: {
      priceId?: string;
      quantity?: number;
      lineItems?: readonly { priceId: string; quantity?: number }[];
      tenantId?: string;
      customerId?: string;
      customerEmail?: string;
      successUrl?: string;
      cancelUrl?: string;
      metadata?: Record<string, string>;
      expiresInMinutes?: number;
      promotionCode?: string;
      locale?:
        | "bg"
        | "cs"
        | "da"
        | "de"
        | "el"
        | "en"
        | "en-GB"
        | "es"
        | "es-419"
        | "et"
        | "fi"
        | "fil"
        | "fr"
        | "fr-CA"
        | "hi-IN"
        | "hr"
        | "hu"
        | "id"
        | "it"
        | "ja"
        | "ko"
        | "lt"
        | "lv"
        | "ms"
        | "mt"
        | "nb"
        | "nl"
        | "pl"
        | "pt"
        | "pt-BR"
        | "ro"
        | "ru"
        | "sk"
        | "sl"
        | "sv"
        | "th"
        | "tr"
        | "vi"
        | "zh"
        | "zh-HK"
        | "zh-TW";
    };
    answer: OpenCheckout;
  };
  "GET /api/cron/drain": {
    path: {};
    query: {};
    body: {};
    answer: { events: number; effects: number };
  };
  "POST /api/cron/drain": {
    path: {};
    query: {};
    body: {};
    answer: { events: number; effects: number };
  };
  "GET /api/cron/heal": {
    path: {};
    query: {};
    body: {};
    answer: {
      reconciled: { seen: number; missing: number } | null;
      swept: Record<
        string,
        { seen: number; drifted: number; mended: number } | null
      >;
      deleted: number;
      leaks: number;
      erased: number;
    };
  };
  "POST /api/cron/heal": {
    path: {};
    query: {};
    body: {};
    answer: {
      reconciled: { seen: number; missing: number } | null;
      swept: Record<
        string,
        { seen: number; drifted: number; mended: number } | null
      >;
      deleted: number;
      leaks: number;
      erased: number;
    };
  };
  "POST /api/customers/{customerId}/delete": {
    path: { customerId: string };
    query: {};
    body: {};
    answer: { id: string; deleted: boolean };
  };
  "GET /api/customers/{customerId}": {
    path: { customerId: string };
    query: {};
    body: {};
    answer: Customer;
  };
  "POST /api/customers/{customerId}": {
    path: { customerId: string };
    query: {};
    body: {
      name?: string;
      email?: string;
      phone?: string;
      description?: string;
      address?: {
        line1?: string;
        line2?: string;
        city?: string;
        postalCode?: string;
        state?: string;
        country: string;
      } | null;
      taxId?: { type: string; value: string } | null;
      locale?: string;
      defaultPaymentMethod?: string;
    };
    answer: Customer;
  };
  "GET /api/customers": {
    path: {};
    query: { tenantId?: string; before?: string; limit?: number };
    body: {};
    answer: { data: readonly Customer[]; older: string | null };
  };
  "POST /api/customers": {
    path: {};
    query: {};
    body: { tenantId?: string; email?: string };
    answer: { id: string };
  };
  "POST /api/invitations/{invitationId}/accept": {
    path: { invitationId: string };
    query: {};
    body: {};
    answer: { location: string };
  };
  "POST /api/invitations/{invitationId}/resend": {
    path: { invitationId: string };
    query: {};
    body: { tenantId?: string };
    answer: {};
  };
  "POST /api/invitations/{invitationId}/revoke": {
    path: { invitationId: string };
    query: {};
    body: { tenantId?: string };
    answer: {};
  };
  "POST /api/invitations": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      email: string;
      role: "owner" | "admin" | "billing" | "member" | "viewer";
      password?: string;
    };
    answer: { id: string };
  };
  "GET /api/invoices/{invoiceId}/confirmation": {
    path: { invoiceId: string };
    query: {};
    body: {};
    answer: Confirmation;
  };
  "POST /api/invoices/{invoiceId}/pay": {
    path: { invoiceId: string };
    query: {};
    body: { tenantId?: string; paymentMethodId?: string };
    answer: { state: "paid" | "confirm"; invoiceId: string; location: string };
  };
  "GET /api/invoices/{invoiceId}": {
    path: { invoiceId: string };
    query: {};
    body: {};
    answer: Invoice;
  };
  "GET /api/invoices": {
    path: {};
    query: {
      tenantId?: string;
      before?: string;
      limit?: number;
      status?: "open" | "paid" | "void" | "uncollectible" | "all";
    };
    body: {};
    answer: { data: readonly Invoice[]; older: string | null };
  };
  "POST /api/members/leave": {
    path: {};
    query: {};
    body: { tenantId?: string };
    answer: { location: string };
  };
  "POST /api/members/remove": {
    path: {};
    query: {};
    body: { tenantId?: string; userId: string; password?: string };
    answer: {};
  };
  "POST /api/members/role": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      userId: string;
      role: "owner" | "admin" | "billing" | "member" | "viewer";
      password?: string;
    };
    answer: {};
  };
  "POST /api/password/forgot": {
    path: {};
    query: {};
    body: { email: string };
    answer: { location: string };
  };
  "POST /api/password/reset": {
    path: {};
    query: {};
    body: { token: string; password: string };
    answer: { location: string };
  };
  "POST /api/payment-intents/{paymentId}/cancel": {
    path: { paymentId: string };
    query: {};
    body: {};
    answer: { id: string; state: "cancelled"; location?: string };
  };
  "POST /api/payment-intents/{paymentId}/confirm": {
    path: { paymentId: string };
    query: {};
    body: { paymentMethodId?: string };
    answer: {
      id: string;
      state: "paid" | "confirm" | "under_way";
      location?: string;
    };
  };
  "GET /api/payment-intents/{paymentId}/confirmation": {
    path: { paymentId: string };
    query: {};
    body: {};
    answer: Confirmation;
  };
  "GET /api/payment-intents/{paymentId}": {
    path: { paymentId: string };
    query: {};
    body: {};
    answer: Payment;
  };
  "GET /api/payment-intents": {
    path: {};
    query: { tenantId?: string; before?: string; limit?: number };
    body: {};
    answer: { data: readonly Payment[]; older: string | null };
  };
  "POST /api/payment-intents": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      priceId: string;
      quantity?: number;
      description?: string;
      receiptEmail?: string;
      shipping?: {
        name: string;
        phone?: string;
        address: {
          line1: string;
          line2?: string;
          city?: string;
          postalCode?: string;
          state?: string;
          country: string;
        };
      };
      setupFutureUsage?: "on_session" | "off_session";
      metadata?: Record<string, string>;
    };
    answer: PaymentBegun;
  };
  "POST /api/payment-methods/{paymentMethodId}/billing-details": {
    path: { paymentMethodId: string };
    query: {};
    body: {
      tenantId?: string;
      name?: string;
      email?: string;
      phone?: string;
      line1?: string;
      line2?: string;
      city?: string;
      postalCode?: string;
      state?: string;
      country?: string;
      expMonth?: "" | number;
      expYear?: "" | number;
    };
    answer: {};
  };
  "POST /api/payment-methods/{paymentMethodId}/default": {
    path: { paymentMethodId: string };
    query: {};
    body: { tenantId?: string };
    answer: {};
  };
  "POST /api/payment-methods/{paymentMethodId}/detach": {
    path: { paymentMethodId: string };
    query: {};
    body: { tenantId?: string };
    answer: {};
  };
  "GET /api/payment-methods": {
    path: {};
    query: { tenantId?: string; before?: string; limit?: number };
    body: {};
    answer: { data: readonly PaymentMethod[]; older: string | null };
  };
  "POST /api/payment-methods": {
    path: {};
    query: {};
    body: { tenantId?: string; successUrl?: string; cancelUrl?: string };
    answer: OpenCheckout;
  };
  "POST /api/portal": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      returnPath?: string;
      flow?:
        | "payment_method_update"
        | "subscription_cancel"
        | "subscription_update"
        | "subscription_update_confirm";
      subscriptionId?: string;
      priceId?: string;
    };
    answer: { url: string };
  };
  "GET /api/prices": {
    path: {};
    query: { tenantId?: string };
    body: {};
    answer: { data: readonly Price[]; older: string | null };
  };
  "POST /api/projects": {
    path: {};
    query: {};
    body: { tenantId?: string; name: string };
    answer: { id: string };
  };
  "GET /api/purchases/{purchaseId}": {
    path: { purchaseId: string };
    query: { tenantId?: string };
    body: {};
    answer: Purchase;
  };
  "GET /api/purchases": {
    path: {};
    query: { tenantId?: string; before?: string; limit?: number };
    body: {};
    answer: { data: readonly Purchase[]; older: string | null };
  };
  "GET /api/refunds/{refundId}": {
    path: { refundId: string };
    query: { tenantId?: string };
    body: {};
    answer: Refund;
  };
  "GET /api/refunds": {
    path: {};
    query: {
      tenantId?: string;
      before?: string;
      limit?: number;
      paymentId?: string;
    };
    body: {};
    answer: { data: readonly Refund[]; older: string | null };
  };
  "POST /api/refunds": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      paymentId: string;
      amount?: number;
      written?: string;
      password?: string;
    };
    answer: Refund;
  };
  "POST /api/settings/billing-details": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      name: string;
      email: string;
      phone?: string;
      line1?: string;
      line2?: string;
      city?: string;
      postalCode?: string;
      state?: string;
      country?: string;
      taxIdType?: string;
      taxIdValue?: string;
    };
    answer: {};
  };
  "POST /api/settings/close": {
    path: {};
    query: {};
    body: { tenantId?: string; name: string; password?: string };
    answer: { location: string };
  };
  "GET /api/settings/export": {
    path: {};
    query: { tenantId?: string };
    body: {};
    answer: {
      exportedAt: string;
      workspace: { id: string; name: string; slug: string };
      people: readonly {
        id: string;
        name: string;
        email: string;
        role: string;
      }[];
      tables: Record<string, readonly unknown[]>;
    };
  };
  "POST /api/settings/return-addresses": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      successUrl?: string;
      cancelUrl?: string;
      portalReturnPath?: string;
      allowedOrigins?: string;
    };
    answer: {};
  };
  "POST /api/settings/workspace": {
    path: {};
    query: {};
    body: { tenantId?: string; name: string; slug: string };
    answer: { slug: string; location?: string };
  };
  "POST /api/sign-in/provider": {
    path: {};
    query: {};
    body: { provider: "google" | "github"; next?: string };
    answer: { location: string };
  };
  "POST /api/sign-in": {
    path: {};
    query: {};
    body: { email: string; password: string; next?: string };
    answer: { location: string };
  };
  "POST /api/sign-out": {
    path: {};
    query: {};
    body: { next?: string };
    answer: { location: string };
  };
  "POST /api/sign-up": {
    path: {};
    query: {};
    body: { email: string; password: string; next?: string; name: string };
    answer: { location: string };
  };
  "POST /api/subscriptions/{subscriptionId}/cancel": {
    path: { subscriptionId: string };
    query: {};
    body: {
      tenantId?: string;
      when?: "now" | "period_end";
      feedback?:
        | "too_expensive"
        | "missing_features"
        | "switched_service"
        | "unused"
        | "customer_service"
        | "too_complex"
        | "low_quality"
        | "other"
        | "";
      comment?: string;
    };
    answer: {
      state: "ending" | "ended";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/subscriptions/{subscriptionId}/change": {
    path: { subscriptionId: string };
    query: {};
    body: {
      tenantId?: string;
      priceId: string;
      quote: string;
      prorationDate?: number | string | null;
    };
    answer: {
      state: "changed" | "planned" | "payment_needed";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/subscriptions/{subscriptionId}/end-trial": {
    path: { subscriptionId: string };
    query: {};
    body: { tenantId?: string };
    answer: {
      state: "running" | "payment_needed";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/subscriptions/{subscriptionId}/pause": {
    path: { subscriptionId: string };
    query: {};
    body: { tenantId?: string };
    answer: {
      state: "paused";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/subscriptions/{subscriptionId}/preview": {
    path: { subscriptionId: string };
    query: {};
    body: { tenantId?: string; priceId: string };
    answer: Quote;
  };
  "POST /api/subscriptions/{subscriptionId}/resume": {
    path: { subscriptionId: string };
    query: {};
    body: { tenantId?: string };
    answer: {
      state: "running" | "payment_needed";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "GET /api/subscriptions/{subscriptionId}": {
    path: { subscriptionId: string };
    query: {};
    body: {};
    answer: Subscription;
  };
  "POST /api/subscriptions/{subscriptionId}/undo-change": {
    path: { subscriptionId: string };
    query: {};
    body: { tenantId?: string };
    answer: {
      state: "undone";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "GET /api/subscriptions": {
    path: {};
    query: {
      tenantId?: string;
      before?: string;
      limit?: number;
      status?:
        | "active"
        | "trialing"
        | "past_due"
        | "unpaid"
        | "paused"
        | "incomplete"
        | "incomplete_expired"
        | "canceled"
        | "live"
        | "all";
    };
    body: {};
    answer: { data: readonly Subscription[]; older: string | null };
  };
  "POST /api/subscriptions": {
    path: {};
    query: {};
    body: {
      tenantId?: string;
      priceId: string;
      paymentMethodId?: string;
      dayOfMonth?: number;
    };
    answer: {
      state: "running" | "payment_needed";
      subscriptionId: string;
      invoiceId?: string | null;
      location?: string;
    };
  };
  "POST /api/webhooks/stripe": {
    path: {};
    query: {};
    body: {};
    answer: { received: true };
  };
  "POST /api/workspaces": {
    path: {};
    query: {};
    body: { name: string };
    answer: { slug: string; location: string };
  };
};
