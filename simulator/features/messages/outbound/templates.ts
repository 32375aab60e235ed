/** The templates that every account has here: approved, with a fixed number of parameters. */
import type { Pricing } from '../events.ts';

export interface Template {
  readonly name: string;
  readonly language: string;
  readonly category: Exclude<Pricing['category'], 'service'>;
  readonly bodyParameters: number;
}

/**
 * `hello_world` is Meta's sample; outside of test numbers Meta refuses it with 131058 (recorded), which would only be
 * in the way here, so it is taken (assumed).
 */
export const templates: readonly Template[] = [
  { name: 'hello_world', language: 'en_US', category: 'utility', bodyParameters: 0 },
  { name: 'order_update', language: 'en_US', category: 'utility', bodyParameters: 1 },
  { name: 'order_update', language: 'pt_BR', category: 'utility', bodyParameters: 1 },
  { name: 'seasonal_offer', language: 'en_US', category: 'marketing', bodyParameters: 1 },
];

export const findTemplate = (name: string, language: string): Template | undefined =>
  templates.find((template) => template.name === name && template.language === language);
