import { Ago } from "@/app/_components/ui/ago";
import { Badge } from "@/app/_components/ui/badge";
import { CopyId } from "@/app/_components/ui/copy-id";
import { DataTable } from "@/app/_components/ui/data-table";
import { Day } from "@/app/_components/ui/day";
import { Moment } from "@/app/_components/ui/moment";
import { Money } from "@/app/_components/ui/money";
import { Pager } from "@/app/_components/ui/pager";
import { Section } from "@/app/_components/ui/section";
import { Stats } from "@/app/_components/ui/stat";
import { Usage } from "@/app/_components/ui/usage";

const day = new Date("2026-03-12T14:05:00Z");
const later = new Date("2026-03-12T17:20:00Z");
const small = { amount: 2900n, currency: "usd" };
const large = { amount: 123456789n, currency: "eur" };

export function Data() {
  return (
    <>
      <Section id="numbers" title="Numbers">
        <Stats
          stats={[
            {
              label: "This month",
              value: <Money value={small} />,
              note: "Before tax",
            },
            { label: "In all", value: <Money value={large} /> },
            {
              label: "Projects",
              value: "1,204",
              note: "12 more than last week",
            },
          ]}
        />
        <div className="mt-8 grid gap-6 sm:grid-cols-3">
          <Usage label="Projects" used={18} limit={50} />
          <Usage label="Seats" used={10} limit={10} />
          <Usage label="Exports" used={4} limit={null} />
        </div>
      </Section>
      <Section id="time" title="Days, times and ids">
        <ul className="grid gap-2">
          <li>
            <Day date={day} />
          </li>
          <li>
            <Moment date={day} />
          </li>
          <li>
            <Ago date={day} now={later} />
          </li>
          <li>
            <CopyId id="sub_1QZk3vLkdIwHu7ixN0x8Zp" />
          </li>
        </ul>
      </Section>
      <Section id="table" title="A table, or a list where it is narrow">
        <DataTable
          caption="Invoices"
          columns={[
            { label: "Date" },
            { label: "Number" },
            { label: "State" },
            { label: "Amount", align: "end" },
          ]}
          rows={[
            {
              key: "1",
              cells: [
                <Day key="day" date={day} />,
                "TP-0002",
                <Badge key="state" tone="good">
                  Paid
                </Badge>,
                <Money key="amount" value={small} />,
              ],
            },
            {
              key: "2",
              cells: [
                <Day key="day" date={day} />,
                "TP-0001",
                <Badge key="state" tone="danger">
                  Open
                </Badge>,
                <Money key="amount" value={large} />,
              ],
            },
          ]}
        />
        <Pager label="Invoices" newer={null} older="/admin/design#table" />
      </Section>
    </>
  );
}
