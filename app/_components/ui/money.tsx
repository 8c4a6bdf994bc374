import { formatMoney, type Money as Amount } from "@/lib/platform/money";

export function Money({ value }: { value: Amount }) {
  return (
    <span className="whitespace-nowrap tabular-nums">{formatMoney(value)}</span>
  );
}
