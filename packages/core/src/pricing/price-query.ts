/** What a price depends on. `provider` by OpenTelemetry's name, the catalogue's or an SDK's; `at` is the start of the request in epoch ms. */
export interface PriceQuery {
  provider: string;
  model: string;
  at: number;
  serviceTier?: string | undefined;
  speed?: string | undefined;
  geo?: string | undefined;
  baseUrl?: string | undefined;
}

/** Why there is no price: the provider, the model, or the tier, speed or geography is not listed. */
export type Unpriced = 'no_provider' | 'unknown_model' | 'tier_unknown';
