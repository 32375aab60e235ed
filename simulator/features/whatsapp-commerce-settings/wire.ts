/** `whatsapp_commerce_settings` as parameters and JSON. */
import type { GraphRequest } from '../../core/feature.ts';
import { mintGraphId, type PhoneNumberId } from '../../core/identifiers.ts';
import type { JsonObject } from '../../core/json.ts';
import { createRandom, hashSeed } from '../../core/random.ts';
import { truthOf } from '../../core/wire-values.ts';
import type { CommerceRead } from './decide.ts';
import type { ChangeCommerceSettings } from './events.ts';

export function parseChange(request: GraphRequest): ChangeCommerceSettings {
  const isCartEnabled = truthOf(request.params['is_cart_enabled']);
  const isCatalogVisible = truthOf(request.params['is_catalog_visible']);
  return {
    type: 'change-commerce-settings',
    phoneNumberId: request.nodeId as PhoneNumberId,
    settings: {
      ...(isCartEnabled !== undefined && { isCartEnabled }),
      ...(isCatalogVisible !== undefined && { isCatalogVisible }),
    },
  };
}

/** The settings are a node of their own; its id is made of the number's. */
export const renderSettings = (read: CommerceRead): JsonObject => ({
  data: [
    {
      is_cart_enabled: read.isCartEnabled,
      is_catalog_visible: read.isCatalogVisible,
      id: mintGraphId(createRandom(hashSeed(read.phoneNumberId))),
    },
  ],
});
