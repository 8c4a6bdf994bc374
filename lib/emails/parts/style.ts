import type { CSSProperties } from "react";

/** Mail programs know little CSS: inline, and in colours as hex. */
const ink = "#1a1a1e";
const soft = "#5a5a61";
const line = "#e2e2e5";
const font =
  "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif";

export const style = {
  body: { margin: 0, backgroundColor: "#f8f8fa", fontFamily: font },
  frame: { maxWidth: 600, margin: "0 auto", padding: "32px 16px" },
  brand: { margin: "0 0 16px", fontSize: 16, fontWeight: 600, color: ink },
  card: {
    padding: "32px 28px",
    border: `1px solid ${line}`,
    borderRadius: 8,
    backgroundColor: "#ffffff",
  },
  title: {
    margin: "0 0 16px",
    fontSize: 22,
    lineHeight: "28px",
    fontWeight: 600,
    color: ink,
  },
  text: {
    margin: "0 0 16px",
    fontSize: 16,
    lineHeight: "24px",
    color: ink,
    overflowWrap: "anywhere",
  },
  button: {
    margin: "8px 0 16px",
    padding: "12px 20px",
    borderRadius: 8,
    backgroundColor: "#fab72a",
    color: "#2d1b00",
    fontSize: 16,
    fontWeight: 600,
  },
  facts: {
    width: "100%",
    margin: "8px 0 24px",
    borderCollapse: "collapse",
    borderTop: `1px solid ${line}`,
    fontSize: 16,
    lineHeight: "24px",
  },
  factName: {
    padding: "10px 16px 10px 0",
    borderBottom: `1px solid ${line}`,
    color: soft,
    fontWeight: 400,
    textAlign: "left",
    verticalAlign: "top",
  },
  factValue: {
    padding: "10px 0",
    borderBottom: `1px solid ${line}`,
    color: ink,
    textAlign: "right",
    verticalAlign: "top",
    fontVariantNumeric: "tabular-nums",
    overflowWrap: "break-word",
  },
  foot: {
    margin: "16px 0 0",
    fontSize: 13,
    lineHeight: "20px",
    color: soft,
    overflowWrap: "anywhere",
  },
  footLink: { color: soft, textDecoration: "underline" },
} as const satisfies Record<string, CSSProperties>;

/** For programs that tell whether they are dark; the others turn the colours themselves. */
export const darkStyle = `@media (prefers-color-scheme: dark) {
  .canvas, .canvas > table > tbody > tr > td { background-color: #101013 !important; }
  .card { background-color: #19191d !important; border-color: #2d2d32 !important; }
  .ink { color: #eeeef0 !important; }
  .soft { color: #a7a7ae !important; }
  .line { border-color: #2d2d32 !important; }
}`;
