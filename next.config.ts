import { readFileSync } from "node:fs";
import type { NextConfig } from "next";

/** Set by `npm run dev` for a second instance in the same checkout: Next locks its build folder. */
const ownBuildFolder = process.env["NEXT_DIST_DIR"];

/** Set by `npm run build` for its second pass: a file with what the first one found. */
const found = process.env["FIRST_BUILD"];
const firstBuild = found
  ? (JSON.parse(readFileSync(found, "utf8")) as {
      buildId: string;
      scripts: object;
    })
  : null;

/** Pages get theirs from proxy.ts, which knows the settings of the running app. */
const everywhere = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  { key: "X-Frame-Options", value: "DENY" },
  { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
  { key: "Cross-Origin-Resource-Policy", value: "same-origin" },
];

const config: NextConfig = {
  distDir: ownBuildFolder || ".next",
  experimental: { strictRouteTypes: Boolean(ownBuildFolder) },
  // For the Dockerfile. Elsewhere `next start` serves, which knows no standalone build.
  ...(process.env["NEXT_OUTPUT"] === "standalone" && { output: "standalone" }),
  poweredByHeader: false,
  typedRoutes: true,
  // Read when the page is asked for: which migrations this code expects.
  outputFileTracingIncludes: {
    "/admin/doctor": ["./prisma/migrations/**/*"],
  },
  typescript: { ignoreBuildErrors: Boolean(firstBuild) }, // the first pass has found none
  generateBuildId: () => firstBuild?.buildId ?? null,
  env: { STATIC_SCRIPTS: JSON.stringify(firstBuild?.scripts ?? {}) },
  headers: async () => [
    { source: "/:path*", headers: everywhere },
    {
      source: "/api/:path*",
      headers: [
        {
          key: "Content-Security-Policy",
          value: "default-src 'none'; frame-ancestors 'none'; sandbox",
        },
        { key: "Cache-Control", value: "no-store" },
      ],
    },
    ...(process.env.NODE_ENV === "production"
      ? [
          {
            source: "/:path*",
            has: [
              {
                type: "header" as const,
                key: "x-forwarded-proto",
                value: "https.*",
              },
            ],
            headers: [
              {
                key: "Strict-Transport-Security",
                value: "max-age=63072000; includeSubDomains", // two years, in seconds
              },
            ],
          },
        ]
      : []),
  ],
};

export default config;
