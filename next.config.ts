import type { NextConfig } from "next";

/** Set by `npm run dev` for a second instance in the same checkout: Next locks its build folder. */
const ownBuildFolder = process.env["NEXT_DIST_DIR"];

const config: NextConfig = {
  distDir: ownBuildFolder || ".next",
  experimental: { strictRouteTypes: Boolean(ownBuildFolder) },
  poweredByHeader: false,
  typedRoutes: true,
  // Read when the page is asked for: which migrations this code expects.
  outputFileTracingIncludes: {
    "/admin/doctor": ["./prisma/migrations/**/*"],
  },
  headers: async () => [
    {
      source: "/:path*",
      headers: [
        { key: "X-Content-Type-Options", value: "nosniff" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
        {
          key: "Permissions-Policy",
          value: "camera=(), microphone=(), geolocation=(), payment=()",
        },
      ],
    },
  ],
};

export default config;
