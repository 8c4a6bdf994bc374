import type { Card } from "@/lib/sync/card";

/** "Visa ending in 4242". */
export function cardName({ brand, last4 }: Card): string {
  const name = brand.charAt(0).toUpperCase() + brand.slice(1);
  return `${name} ending in ${last4}`;
}

/** "12/2034", as it stands on the card. */
export function cardExpiry({ expMonth, expYear }: Card): string {
  return `${String(expMonth).padStart(2, "0")}/${expYear}`;
}
