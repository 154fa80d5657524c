/** Prices as people write them: USD per million tokens. What is left out follows `input` and `output`. */
export interface UsdPerMillion {
  input?: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite5m?: number | undefined;
  cacheWrite1h?: number | undefined;
  output?: number | undefined;
  reasoning?: number | undefined;
  audioIn?: number | undefined;
  audioCacheRead?: number | undefined;
  audioOut?: number | undefined;
  imageIn?: number | undefined;
  imageOut?: number | undefined;
}

/**
 * Own prices for a model: an exact id, or a beginning that ends in `*`. `{ model: 'my-llama*', usdPerCall: 0 }` is free;
 * without `provider` it is for any.
 */
export interface OwnPrice {
  model: string;
  provider?: string | undefined;
  usdPerMillion?: UsdPerMillion | undefined;
  /** A fixed amount for each call, beside what its tokens cost. */
  usdPerCall?: number | undefined;
  /** USD per request to a tool, by tool, and per other unit that is billed by the piece: `character`, `image_hd_1024x1024`, … */
  usdPerTool?: Record<string, number> | undefined;
  maxOutput?: number | undefined;
}

/** Another name for a listed model: an Azure deployment, an inference profile, a fine-tune (base model × `factor`). */
export interface ModelAlias {
  alias: string;
  model: string;
  /** Only for calls to this provider. */
  provider?: string | undefined;
  /** The provider that lists `model`, where it is not the one that is called. */
  modelProvider?: string | undefined;
  /** Times the listed price. Default 1. */
  factor?: number | undefined;
}

/** A negotiated price: what is paid of the listed one. `{ provider: 'openai', factor: 0.9 }` is ten percent off. */
export interface Discount {
  factor: number;
  provider?: string | undefined;
  model?: string | undefined;
}

/** One correction of the price table by its user. */
export type PriceOverride = OwnPrice | ModelAlias | Discount;

export function isAlias(rule: PriceOverride): rule is ModelAlias {
  return 'alias' in rule;
}

export function isOwnPrice(rule: PriceOverride): rule is OwnPrice {
  return 'model' in rule && !('alias' in rule) && !('factor' in rule);
}

export function isDiscount(rule: PriceOverride): rule is Discount {
  return 'factor' in rule && !('alias' in rule);
}
