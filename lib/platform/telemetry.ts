import { env } from "./env";

/**
 * Sends traces where OTEL_EXPORTER_OTLP_ENDPOINT says: Next's own of each request, and ours of the database and
 * of Stripe. Does nothing, and loads nothing, while that is unset. Gives back what sends the rest.
 */
export async function startTelemetry(): Promise<(() => Promise<void>) | null> {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = env();
  if (!endpoint) return null;
  const [{ BatchSpanProcessor, NodeTracerProvider }, { OTLPTraceExporter }] =
    await Promise.all([
      import("@opentelemetry/sdk-trace-node"),
      import("@opentelemetry/exporter-trace-otlp-http"),
    ]);
  const exporter = new OTLPTraceExporter({ url: `${endpoint}/v1/traces` });
  const provider = new NodeTracerProvider({
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  provider.register();
  return () => provider.forceFlush();
}
