import { SpanStatusCode, trace, type Attributes } from "@opentelemetry/api";
import type Stripe from "stripe";

const tracer = () => trace.getTracer("turnpike");

/**
 * Does the work as a part of the trace under way; `note` adds what is known only by then. Where no trace is kept
 * (lib/platform/telemetry.ts) it costs nothing.
 */
export function traced<T>(
  name: string,
  attributes: Attributes,
  work: (note: (more: Attributes) => void) => Promise<T>,
): Promise<T> {
  return tracer().startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work((more) => span.setAttributes(more));
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR });
      throw error;
    } finally {
      span.end();
    }
  });
}

/** One call of Stripe, once it has been answered. Of its path without the query, which may name a person. */
export function traceStripe(answer: Stripe.ResponseEvent): void {
  const { method, path, status, request_id, request_start_time } = answer;
  const span = tracer().startSpan(`stripe ${method}`, {
    startTime: request_start_time,
    attributes: {
      "url.path": path.split("?")[0] ?? "",
      "http.response.status_code": status,
      "stripe.request_id": request_id,
    },
  });
  if (status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(answer.request_end_time);
}
