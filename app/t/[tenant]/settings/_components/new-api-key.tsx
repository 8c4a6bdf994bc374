"use client";

import { useState } from "react";
import type { getFlash } from "@/app/_components/get-flash";
import { PasswordAgain } from "@/app/_components/password-again";
import { PostForm } from "@/app/_components/post-form";
import { SubmitButton } from "@/app/_components/submit-button";
import { Banner } from "@/app/_components/ui/banner";
import { Field } from "@/app/_components/ui/field";
import { Select } from "@/app/_components/ui/select";

const action = "/api/api-keys";

/** The answer holds the key; it is shown above the form until the page is left. */
export function NewApiKey({
  tenantId,
  mayWriteBilling,
  asksPassword,
  flash,
}: {
  tenantId: string;
  mayWriteBilling: boolean;
  /** Who signed in a while ago shows anew that it is they. */
  asksPassword: boolean;
  flash: Awaited<ReturnType<typeof getFlash>>;
}) {
  const [key, setKey] = useState<string | null>(null);
  const typed = flash?.action === action ? flash.values : {};
  return (
    <div className="grid max-w-180 gap-4">
      {key && (
        <Banner tone="good" title="Copy your new key now">
          <p>It is not shown again, because only its hash is kept.</p>
          <code className="break-all select-all">{key}</code>
        </Banner>
      )}
      <PostForm
        action={action}
        label="New API key"
        flash={flash}
        onAnswer={(answer) => {
          if (typeof answer["key"] === "string") setKey(answer["key"]);
        }}
      >
        <input type="hidden" name="tenantId" value={tenantId} />
        <Field
          id="key-name"
          label="Name"
          name="name"
          required
          maxLength={32}
          autoComplete="off"
          hint="Where it will be used: the name of a server or a job."
          defaultValue={typed["name"]}
        />
        <Select
          label="Billing"
          name="billing"
          options={[
            { value: "none", label: "Nothing" },
            { value: "read", label: "Read plans, invoices and payments" },
            ...(mayWriteBilling
              ? [{ value: "write", label: "Read, and buy and change plans" }]
              : []),
          ]}
          defaultValue={typed["billing"] ?? "read"}
        />
        <Select
          label="Product"
          name="product"
          options={[
            { value: "none", label: "Nothing" },
            { value: "read", label: "Read" },
            { value: "write", label: "Read and write" },
          ]}
          defaultValue={typed["product"] ?? "none"}
        />
        <Select
          label="Expires after"
          name="days"
          options={[
            { value: "30", label: "30 days" },
            { value: "90", label: "90 days" },
            { value: "365", label: "A year" },
          ]}
          defaultValue={typed["days"] ?? "90"}
        />
        {asksPassword && (
          <PasswordAgain
            id="key-password"
            hint="You signed in a while ago, and a key goes on when you have signed out. Sign in again if you have no password."
          />
        )}
        <div>
          <SubmitButton>Make key</SubmitButton>
        </div>
      </PostForm>
    </div>
  );
}
