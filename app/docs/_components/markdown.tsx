import { Fragment, type ReactNode } from "react";
import type { MarkedToken, Token, Tokens } from "marked";
import { DataTable } from "@/app/_components/ui/data-table";
import { anchorOf } from "./anchor";
import { DocLink } from "./doc-link";

type Props = { tokens: readonly Token[] | undefined; from: string };

/** Markdown in the look of this site. HTML in it is shown as text, never run. */
export function Markdown({ tokens = [], from }: Props) {
  // Tokens are those of a file that never changes while it is shown.
  return tokens.map((token, index) => (
    <Fragment key={index}>{render(token as MarkedToken, from)}</Fragment>
  ));
}

function render(token: MarkedToken, from: string): ReactNode {
  const inside = (tokens: readonly Token[] | undefined) => (
    <Markdown tokens={tokens} from={from} />
  );
  switch (token.type) {
    case "heading":
      return heading(token, inside(token.tokens));
    case "paragraph":
      return <p className="mt-4">{inside(token.tokens)}</p>;
    case "list":
      return list(token, from);
    case "code":
      return (
        <pre className="mt-4 whitespace-pre-wrap wrap-anywhere rounded-lg border bg-surface p-3 font-mono text-sm">
          <code>{token.text}</code>
        </pre>
      );
    case "table":
      return table(token, from);
    case "blockquote":
      return (
        <blockquote className="mt-4 border-l-2 pl-4">
          {inside(token.tokens)}
        </blockquote>
      );
    case "hr":
      return <hr className="mt-8" />;
    case "link":
      return (
        <DocLink from={from} href={token.href}>
          {inside(token.tokens)}
        </DocLink>
      );
    case "strong":
      return <strong>{inside(token.tokens)}</strong>;
    case "em":
      return <em>{inside(token.tokens)}</em>;
    case "del":
      return <del>{inside(token.tokens)}</del>;
    case "codespan":
      return (
        <code className="rounded-sm bg-surface px-1 font-mono text-[0.9em] wrap-anywhere">
          {token.text}
        </code>
      );
    case "br":
      return <br />;
    case "text":
      return token.tokens ? inside(token.tokens) : token.text;
    case "escape":
    case "html":
      return token.text;
    case "image":
    case "checkbox":
    case "def":
    case "list_item":
    case "space":
      return null;
    default:
      return null;
  }
}

function heading({ depth, text }: Tokens.Heading, children: ReactNode) {
  const id = anchorOf(text);
  const shape = "scroll-mt-4 font-semibold tracking-tight wrap-anywhere";
  return depth <= 2 ? (
    <h2 id={id} className={`mt-10 text-xl ${shape}`}>
      {children}
    </h2>
  ) : (
    <h3 id={id} className={`mt-8 ${shape}`}>
      {children}
    </h3>
  );
}

function list({ ordered, start, items }: Tokens.List, from: string) {
  const List = ordered ? "ol" : "ul";
  const first = ordered && start !== "" && start !== 1 ? { start } : {};
  return (
    <List
      {...first}
      className={`mt-4 grid gap-2 pl-5 ${ordered ? "list-decimal" : "list-disc"}`}
    >
      {items.map((item) => (
        <li key={item.raw}>
          <Markdown tokens={item.tokens} from={from} />
        </li>
      ))}
    </List>
  );
}

function table({ header, rows }: Tokens.Table, from: string) {
  const cells = (row: readonly Tokens.TableCell[]) =>
    row.map((cell) => (
      <Markdown key={cell.text} tokens={cell.tokens} from={from} />
    ));
  return (
    <div className="mt-4 text-sm">
      <DataTable
        caption={header.map(({ text }) => text).join(", ") || "Facts"}
        columns={header.map(({ text }) => ({ label: text }))}
        rows={rows.map((row) => ({
          key: row.map(({ text }) => text).join("|"),
          cells: cells(row),
        }))}
      />
    </div>
  );
}
