import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { expect, it } from 'vitest';
import { namesInstance } from './instance-id.ts';

it('sees whether a meter provider names its instance', () => {
  const named = resourceFromAttributes({ 'service.instance.id': 'i-1' });
  expect(namesInstance(new MeterProvider({ resource: named }))).toBe(true);
  expect(namesInstance(new MeterProvider())).toBe(false);
  expect(namesInstance({})).toBeUndefined();
});
