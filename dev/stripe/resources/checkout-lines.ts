import { checkRange } from "../checks";
import type { Context } from "../context";
import { invalidRequest, missingParam } from "../errors";
import { newId } from "../ids";
import { priceAmount } from "./price-amount";
import type { LineItem, Price } from "../objects";
import { mergeMetadata } from "../metadata";
import type { CheckoutParams } from "./checkout-create";
import { createPrice } from "./price-create";
import { requirePrice } from "./prices";
import { createProduct, requireProduct } from "./products";

type Asked = NonNullable<CheckoutParams["line_items"]>[number];

/** The lines of a session, checked against its mode. Inline price data becomes real prices. */
export function checkoutLines(
  ctx: Context,
  params: CheckoutParams & { mode: string },
): LineItem[] {
  if (params.mode === "setup") {
    if (params.line_items) {
      throw invalidRequest("You can not pass `line_items` in `setup` mode.", {
        param: "line_items",
      });
    }
    return [];
  }
  if (!params.line_items?.length) throw missingParam("line_items");
  const onTrial = isOnTrial(params);
  const lines = params.line_items.map((asked, at) =>
    toLine(ctx, asked, { at, onTrial }),
  );
  const recurring = lines.filter((line) => line.price.recurring);
  if (params.mode === "subscription" && recurring.length === 0) {
    throw invalidRequest(
      "You must provide at least one recurring price in `subscription` mode when using prices.",
      { param: "line_items" },
    );
  }
  if (params.mode === "payment" && recurring.length > 0) {
    throw invalidRequest(
      "You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.",
      { param: "mode" },
    );
  }
  const limit = params.mode === "payment" ? 100 : 20;
  if (recurring.length > limit || lines.length - recurring.length > limit) {
    throw invalidRequest(
      `You may only specify up to ${limit} line items of one kind.`,
      {
        param: "line_items",
      },
    );
  }
  const [first] = lines;
  if (lines.some((line) => line.currency !== first?.currency)) {
    throw invalidRequest("All line items must use the same currency.", {
      param: "line_items",
    });
  }
  return lines;
}

function isOnTrial(params: CheckoutParams): boolean {
  const data = params.subscription_data;
  return Boolean(data?.trial_end ?? data?.trial_period_days);
}

function toLine(
  ctx: Context,
  asked: Asked,
  place: { at: number; onTrial: boolean },
): LineItem {
  const param = `line_items[${place.at}]`;
  const price = priceOf(ctx, asked, param);
  if (asked.quantity === undefined) {
    throw invalidRequest(
      `Quantity is required. Add \`quantity\` to \`${param}\``,
      { param: `${param}[quantity]` },
    );
  }
  checkRange(asked.quantity, `${param}[quantity]`, { min: 1, max: 999_999 });
  const amount = lineAmount(
    ctx,
    { price, quantity: asked.quantity },
    place.onTrial,
  );
  const adjustable = asked.adjustable_quantity;
  if (adjustable?.enabled) {
    const { maximum = 99, minimum = 0 } = adjustable;
    checkRange(asked.quantity, `${param}[quantity]`, {
      min: Math.max(minimum, 1),
      max: maximum,
    });
  }
  return {
    id: newId("li"),
    object: "item",
    adjustable_quantity: adjustable
      ? {
          enabled: adjustable.enabled,
          maximum: adjustable.enabled ? (adjustable.maximum ?? 99) : null,
          minimum: adjustable.enabled ? (adjustable.minimum ?? 0) : null,
        }
      : null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: ctx.store.get("product", price.product)?.name ?? null,
    metadata: mergeMetadata({}, asked.metadata),
    price,
    quantity: asked.quantity,
  };
}

/** What is due today: nothing of a plan that begins with a trial. */
export function lineAmount(
  ctx: Context,
  { price, quantity }: { price: Price; quantity: number },
  onTrial: boolean,
): number {
  return onTrial && price.recurring ? 0 : priceAmount(ctx, price, quantity);
}

function priceOf(ctx: Context, asked: Asked, param: string): Price {
  if (asked.price && asked.price_data) {
    throw invalidRequest(
      "You may only specify one of these parameters: price, price_data.",
      { param: `${param}[price]` },
    );
  }
  if (asked.price) {
    const at = { param: `${param}[price]`, status: 400 } as const;
    const price = requirePrice(ctx, asked.price, at);
    if (price.active) return price;
    throw invalidRequest(
      "The price specified is inactive. This field only accepts active prices.",
      { param: at.param },
    );
  }
  const data = asked.price_data;
  if (!data) throw missingParam(`${param}[price]`);
  const { product: id, product_data } = data;
  const at = { param: `${param}[price_data][product]`, status: 400 } as const;
  if (!id && !product_data) throw missingParam(at.param);
  const product = product_data
    ? createProduct(ctx, {
        ...product_data,
        active: true,
        metadata: mergeMetadata({}, product_data.metadata),
      })
    : requireProduct(ctx, id ?? "", at);
  return createPrice(ctx, {
    active: false,
    currency: data.currency,
    product: product.id,
    recurring: data.recurring,
    tax_behavior: data.tax_behavior,
    unit_amount: data.unit_amount,
  });
}
