import type { Context } from "../context";
import { invalidRequest, noSuch } from "../errors";
import { emit } from "../events";
import { newId } from "../ids";
import { listOf, listParams } from "../lists";
import type { Product } from "../objects";
import { operation } from "../operation";
import * as p from "../params";

const fields = {
  active: p.boolean(),
  description: p.unsettable(p.string(40_000)),
  images: p.array(p.url()),
  marketing_features: p.array(p.object({ name: p.required(p.string(80)) })),
  metadata: p.metadata(),
  package_dimensions: p.unbuilt(),
  shippable: p.boolean(),
  statement_descriptor: p.string(22),
  tax_code: p.unsettable(p.string()),
  tax_details: p.unbuilt(),
  unit_label: p.unsettable(p.string(12)),
  url: p.unsettable(p.url()),
};

export function requireProduct(
  ctx: Context,
  id: string,
  at: { param: string; status?: 400 | 404 } = { param: "id" },
): Product {
  const product = ctx.store.get("product", id);
  if (!product) throw noSuch("product", id, at);
  return product;
}

export function createProduct(
  ctx: Context,
  given: {
    id?: string | undefined;
    name: string;
    active?: boolean | undefined;
    description?: string | null | undefined;
    images?: string[] | undefined;
    marketing_features?: { name: string }[] | undefined;
    metadata?: Record<string, string> | null | undefined;
    shippable?: boolean | undefined;
    statement_descriptor?: string | undefined;
    tax_code?: string | null | undefined;
    unit_label?: string | null | undefined;
    url?: string | null | undefined;
  },
): Product {
  const now = ctx.clock.now();
  const product: Product = {
    id: given.id ?? newId("prod"),
    object: "product",
    active: given.active ?? true,
    created: now,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: given.marketing_features ?? [],
    metadata: p.mergeMetadata({}, given.metadata),
    name: given.name,
    package_dimensions: null,
    shippable: given.shippable ?? null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: "service",
    unit_label: given.unit_label ?? null,
    updated: now,
    url: given.url ?? null,
  };
  ctx.store.put("product", product);
  emit(ctx, "product.created", product);
  return product;
}

export const productOperations = [
  operation({
    method: "POST",
    path: "/v1/products",
    params: {
      name: p.required(p.string()),
      id: p.string(),
      default_price_data: p.unbuilt(),
      type: p.oneOf("service", "good"),
      ...fields,
    },
    run(ctx, params) {
      if (params.id && ctx.store.get("product", params.id)) {
        throw invalidRequest(`Product already exists.`, {
          code: "resource_already_exists",
          param: "id",
        });
      }
      return createProduct(ctx, params);
    },
  }),
  operation({
    method: "GET",
    path: "/v1/products/:id",
    params: {},
    run: (ctx, _params, [id]) => requireProduct(ctx, id),
  }),
  operation({
    method: "POST",
    path: "/v1/products/:id",
    params: { name: p.string(), default_price: p.string(), ...fields },
    run(ctx, params, [id]) {
      const before = requireProduct(ctx, id);
      if (params.default_price) {
        const price = ctx.store.get("price", params.default_price);
        if (price?.product !== id) {
          throw noSuch("price", params.default_price, {
            param: "default_price",
            status: 400,
          });
        }
      }
      const given = (value: string | null | undefined, was: string | null) =>
        value === undefined ? was : value;
      const product: Product = {
        ...before,
        active: params.active ?? before.active,
        default_price: params.default_price ?? before.default_price,
        description: given(params.description, before.description),
        images: params.images ?? before.images,
        marketing_features:
          params.marketing_features ?? before.marketing_features,
        metadata: p.mergeMetadata(before.metadata, params.metadata),
        name: params.name ?? before.name,
        shippable: params.shippable ?? before.shippable,
        statement_descriptor:
          params.statement_descriptor ?? before.statement_descriptor ?? null,
        tax_code: given(params.tax_code, before.tax_code),
        unit_label: given(params.unit_label, before.unit_label ?? null),
        updated: ctx.clock.now(),
        url: given(params.url, before.url),
      };
      ctx.store.put("product", product);
      emit(ctx, "product.updated", product, before);
      return product;
    },
  }),
  operation({
    method: "DELETE",
    path: "/v1/products/:id",
    params: {},
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
  operation({
    method: "GET",
    path: "/v1/products",
    params: {
      ...listParams,
      active: p.boolean(),
      ids: p.array(p.string()),
      shippable: p.boolean(),
      type: p.string(),
      url: p.string(),
    },
    run: (ctx, params) =>
      listOf(ctx, {
        kind: "product",
        what: "product",
        url: "/v1/products",
        params,
        keep: (product) =>
          (params.active === undefined || product.active === params.active) &&
          (!params.ids || params.ids.includes(product.id)) &&
          (params.shippable === undefined ||
            product.shippable === params.shippable) &&
          (!params.type || product.type === params.type) &&
          (!params.url || product.url === params.url),
      }),
  }),
];
