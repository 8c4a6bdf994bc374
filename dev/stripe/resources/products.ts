import { checkLength, checkUrl } from "../checks";
import type { Context } from "../context";
import { nulls } from "../contract/nulls";
import type { Params } from "../contract/params";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { given } from "../given";
import { newId } from "../ids";
import { listOf, PAGED } from "../lists";
import { requireOne, retrieval } from "../lookup";
import { mergeMetadata } from "../metadata";
import type { Product } from "../objects";
import { operation } from "../operation";
import { createPrice } from "./price-create";

const FIELDS =
  "active description images marketing_features metadata name package_dimensions shippable statement_descriptor tax_code unit_label url";

export function requireProduct(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "id" },
): Product {
  return requireOne(ctx, "product", id, at);
}

type Fields = Omit<
  Params<"products.create">,
  "default_price_data" | "expand" | "metadata" | "tax_details"
> & { metadata?: Record<string, string | number | null> | null | undefined };

export function createProduct(ctx: Context, params: Fields): Product {
  checkFields(params);
  if (params.id && ctx.store.get("product", params.id)) {
    throw invalidRequest(`Product already exists.`, {
      code: "resource_already_exists",
      param: "id",
    });
  }
  const now = ctx.clock.now();
  const { metadata, ...rest } = params;
  const product: Product = {
    ...nulls("Product"),
    id: newId("prod"),
    object: "product",
    active: true,
    created: now,
    default_price: null,
    images: [],
    livemode: false,
    marketing_features: [],
    statement_descriptor: null,
    tax_code: null,
    type: "service",
    unit_label: null,
    updated: now,
    ...given(rest),
    metadata: mergeMetadata({}, metadata),
    name: params.name,
  };
  ctx.store.put("product", product);
  emit(ctx, "product.created", product);
  return product;
}

export const productOperations = [
  operation("products.create", {
    built: `${FIELDS} id type default_price_data.currency default_price_data.metadata default_price_data.recurring
      default_price_data.tax_behavior default_price_data.unit_amount default_price_data.unit_amount_decimal`,
    run(
      ctx,
      {
        default_price_data: data,
        expand: _expand,
        tax_details: _tax,
        ...params
      },
    ) {
      const product = createProduct(ctx, params);
      if (!data) return product;
      const price = createPrice(ctx, { ...data, product: product.id });
      const priced = { ...product, default_price: price.id };
      ctx.store.put("product", priced);
      emit(ctx, "product.updated", priced, product);
      return priced;
    },
  }),
  retrieval("products.retrieve", "product"),
  operation("products.update", {
    built: `${FIELDS} default_price`,
    run(ctx, params, [id]) {
      const before = requireProduct(ctx, id);
      checkFields(params);
      const {
        default_price: price,
        metadata,
        images,
        marketing_features: features,
        tax_details: _tax,
        ...rest
      } = params;
      if (price && ctx.store.get("price", price)?.product !== id)
        throw noSuch("price", price, { param: "default_price", status: 400 });
      const product: Product = {
        ...before,
        ...given(rest),
        ...(price && { default_price: price }),
        ...(images !== undefined && { images: images ?? [] }),
        ...(features !== undefined && { marketing_features: features ?? [] }),
        metadata: mergeMetadata(before.metadata, metadata),
        updated: ctx.clock.now(),
      };
      ctx.store.put("product", product);
      emit(ctx, "product.updated", product, before);
      return product;
    },
  }),
  operation("products.del", {
    run(ctx, _params, [id]) {
      const product = requireProduct(ctx, id);
      if (ctx.store.ids("price", { index: "product", key: id }).length > 0) {
        throw invalidRequest(
          "This product cannot be deleted because it has one or more user-created prices.",
        );
      }
      ctx.store.remove("product", id);
      emit(ctx, "product.deleted", product);
      return { id, object: "product", deleted: true };
    },
  }),
  operation("products.list", {
    built: `${PAGED} active created ids shippable type url`,
    run(ctx, params) {
      const { active, ids, shippable, type, url } = params;
      return listOf(ctx, {
        kind: "product",
        what: "product",
        url: "/v1/products",
        params,
        where: { active, shippable, type, url },
        keep: (product) => !ids || ids.includes(product.id),
      });
    },
  }),
];

function checkFields(
  params: Pick<
    Params<"products.update">,
    "description" | "images" | "statement_descriptor" | "unit_label" | "url"
  >,
): void {
  checkLength(params.statement_descriptor, "statement_descriptor", 22);
  checkLength(params.unit_label, "unit_label", 12);
  checkUrl(params.url, "url");
  for (const [at, image] of (params.images ?? []).entries())
    checkUrl(image, `images[${at}]`);
}
