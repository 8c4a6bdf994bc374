import path from "node:path";
import { startEmulator } from "./server";

const emulator = await startEmulator({
  port: Number(process.env["STRIPE_EMULATOR_PORT"] || 12111),
  dataDir: path.resolve(process.env["TURNPIKE_DATA"] || ".turnpike", "stripe"),
});
console.log(`Stripe emulator: ${emulator.origin}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void emulator.close().then(() => process.exit(0)));
}
