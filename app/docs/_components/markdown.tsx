import { Fragment, type ReactNode } from "react";
import type { MarkedToken, Token, Tokens } from "marked";
import { anchorOf } from "./anchor";
import { DocLink } from "./doc-link";

type Props = { tokens: readonly Token[] | undefined; from: string };

/** Markdown in the look of this site. HTML in it is shown as text, never run. */
export function Markdown({ tokens = [], from }: Props) {
  // Tokens are those of a file that never changes while it is shown.
  return tokens.map((token, index) => (
    // oxlint-disable-next-line react/no-array-index-key -- nothing is ever inserted
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
        <pre
          tabIndex={0}
          className="mt-4 overflow-x-auto rounded-lg border bg-surface p-3 font-mono text-sm"
        >
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

/** Scrolls by itself where it is wider than the page. */
function table({ header, rows }: Tokens.Table, from: string) {
  const named = header.some(({ text }) => text !== "");
  return (
    <div
      className="mt-4 overflow-x-auto"
      tabIndex={0}
      role="group"
      aria-label="Table"
    >
      <table className="w-full text-sm">
        {named && (
          <thead>
            <tr>
              {header.map((cell) => (
                <th
                  key={cell.text}
                  scope="col"
                  className="py-2 pr-4 text-left font-medium text-ink-soft"
                >
                  <Markdown tokens={cell.tokens} from={from} />
                </th>
              ))}
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map((row) => (
            <tr
              key={row.map(({ text }) => text).join("|")}
              className="border-t"
            >
              {row.map((cell, column) => (
                <td
                  key={header[column]?.text}
                  className="min-w-30 py-2 pr-4 align-top"
                >
                  <Markdown tokens={cell.tokens} from={from} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
