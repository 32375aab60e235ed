import { expect, it } from 'vitest';
import { createEngine } from '../../core/engine.ts';
import type { GraphRequest } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld } from '../../core/world.ts';
import type { CommerceRead } from './decide.ts';
import type { ReadCommerceSettings } from './events.ts';
import { whatsappCommerceSettingsFeature } from './feature.ts';
import { parseChange, renderSettings } from './wire.ts';

function after(...changes: readonly JsonObject[]): unknown {
  const engine = createEngine(
    createWorld('commerce'),
    [furniture, whatsappCommerceSettingsFeature],
    epochMs(0),
  );
  const create: CreateNumber = { type: 'create-number', state: 'coexistence', country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { phoneNumberId } = created.reply;
  const request: GraphRequest = { method: 'POST', nodeId: phoneNumberId, token: '', params: {} };
  for (const params of changes) engine.execute(parseChange({ ...request, params }));
  const read: ReadCommerceSettings = { type: 'read-commerce-settings', phoneNumberId };
  const outcome = engine.execute<CommerceRead>(read);
  return outcome.kind === 'accepted' && renderSettings(outcome.reply);
}

it.each<[string, JsonObject[], boolean, boolean]>([
  ['at first', [], true, false],
  ['words', [{ is_cart_enabled: 'false', is_catalog_visible: 'true' }], false, true],
  ['truth values', [{ is_cart_enabled: false }, { is_catalog_visible: true }], false, true],
  ['digits', [{ is_cart_enabled: '0' }, { is_cart_enabled: '1', is_catalog_visible: '1' }], true, true],
  ['neither', [{ is_cart_enabled: 'perhaps' }], true, false],
])('%s', (_how, changes, cart, catalog) => {
  expect(after(...changes)).toEqual({
    data: [
      { is_cart_enabled: cart, is_catalog_visible: catalog, id: expect.stringMatching(/^\d{15}$/) as string },
    ],
  });
});
