/** The kinds that are offered; Stripe knows more, and one of those stays as it is. */
const kinds = [
  { value: "eu_vat", label: "EU VAT number" },
  { value: "gb_vat", label: "UK VAT number" },
  { value: "ch_vat", label: "Swiss VAT number" },
  { value: "no_vat", label: "Norwegian VAT number" },
  { value: "us_ein", label: "US EIN" },
  { value: "ca_bn", label: "Canadian BN" },
  { value: "ca_gst_hst", label: "Canadian GST/HST number" },
  { value: "au_abn", label: "Australian ABN" },
  { value: "nz_gst", label: "New Zealand GST number" },
  { value: "in_gst", label: "Indian GST number" },
  { value: "sg_gst", label: "Singaporean GST number" },
  { value: "jp_trn", label: "Japanese registration number" },
  { value: "kr_brn", label: "Korean BRN" },
  { value: "br_cnpj", label: "Brazilian CNPJ" },
  { value: "mx_rfc", label: "Mexican RFC" },
  { value: "za_vat", label: "South African VAT number" },
  { value: "ae_trn", label: "UAE TRN" },
  { value: "il_vat", label: "Israeli VAT number" },
  { value: "tr_tin", label: "Turkish tax number" },
];

export function taxIdKinds(current: string) {
  const known = !current || kinds.some(({ value }) => value === current);
  return [
    { value: "", label: "None" },
    ...kinds,
    ...(known ? [] : [{ value: current, label: current.replace("_", " ") }]),
  ];
}
