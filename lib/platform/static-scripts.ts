/**
 * By path, the hashes of the inline scripts of each page that is rendered when the app is built; the first of
 * the build's two passes finds them (lib/cli/build.ts). Empty in development, where every page is rendered anew.
 */
export const staticScripts: Readonly<Record<string, readonly string[]>> =
  // oxlint-disable-next-line no-restricted-properties -- no setting: next.config.ts puts it in when it builds
  JSON.parse(process.env.STATIC_SCRIPTS ?? "{}") as Record<string, string[]>; // our own build's
