import fs from "node:fs";
import path from "node:path";

export type Journal = { append(line: string): void; close(): void };

const NEWLINE = 10;

/** Calls `each` for every whole line; a last line cut short by a crash never happened. */
export function readJournal(file: string, each: (line: string) => void): void {
  if (!fs.existsSync(file)) return;
  const bytes = fs.readFileSync(file);
  let start = 0;
  for (
    let end = bytes.indexOf(NEWLINE);
    end !== -1;
    end = bytes.indexOf(NEWLINE, start)
  ) {
    each(bytes.toString("utf8", start, end));
    start = end + 1;
  }
}

/** Writes a file anew in one rename: whoever reads it sees all of it or the one before. */
export function replaceFile(file: string, lines: Iterable<string>): void {
  const fresh = `${file}.${process.pid}.tmp`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const out = fs.openSync(fresh, "w");
  for (const line of lines) fs.appendFileSync(out, `${line}\n`);
  fs.fsyncSync(out);
  fs.closeSync(out);
  fs.renameSync(fresh, file);
}

/** Replaces the file by `lines`, then appends to it. */
export function openJournal(file: string, lines: Iterable<string>): Journal {
  replaceFile(file, lines);
  const fd = fs.openSync(file, "a");
  let size = fs.fstatSync(fd).size;
  return {
    append(line) {
      const bytes = Buffer.from(`${line}\n`);
      try {
        fs.appendFileSync(fd, bytes);
        size += bytes.length;
      } catch (error) {
        // Half a line must not swallow the next one.
        fs.ftruncateSync(fd, size);
        throw error;
      }
    },
    close: () => fs.closeSync(fd),
  };
}
