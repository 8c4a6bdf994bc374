import "@/lib/platform/settings-files";
import { privacyCommand } from "./privacy-command";

const { code, told } = await privacyCommand(process.argv.slice(2));
const stream = code === 0 ? process.stdout : process.stderr;
// A pipe takes a long export in parts: to leave before the last would cut it short.
stream.write(`${told}\n`, () => process.exit(code));
