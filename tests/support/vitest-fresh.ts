import { afterAll, vi } from "vitest";

// Files share a process, and with it the libraries that take long to load. Of our own modules, what they
// keep and the settings they read, every file gets its own.
vi.resetModules();

const settings = { ...process.env };
afterAll(() => {
  for (const name of Object.keys(process.env)) {
    if (!(name in settings)) delete process.env[name];
  }
  Object.assign(process.env, settings);
});
