/** How phone numbers look in the countries that scenarios speak of. National figures from public numbering plans. */
import type { WaId } from './identifiers.ts';
import type { Random } from './random.ts';

interface NumberingPlan {
  readonly callingCode: string;
  /** How national numbers of mobile phones begin; a number for fiction where the country reserves one. */
  readonly prefix: string;
  /** Digits of the national number, the prefix included. */
  readonly length: number;
}

const plans: Readonly<Record<string, NumberingPlan>> = {
  AR: { callingCode: '54', prefix: '911', length: 11 },
  AU: { callingCode: '61', prefix: '491', length: 9 },
  BR: { callingCode: '55', prefix: '119', length: 11 },
  CO: { callingCode: '57', prefix: '300', length: 10 },
  DE: { callingCode: '49', prefix: '151', length: 11 },
  ES: { callingCode: '34', prefix: '600', length: 9 },
  FR: { callingCode: '33', prefix: '639', length: 9 },
  GB: { callingCode: '44', prefix: '7700900', length: 10 },
  ID: { callingCode: '62', prefix: '812', length: 11 },
  IN: { callingCode: '91', prefix: '981', length: 10 },
  IT: { callingCode: '39', prefix: '320', length: 10 },
  JP: { callingCode: '81', prefix: '90', length: 10 },
  MX: { callingCode: '52', prefix: '155', length: 11 },
  NG: { callingCode: '234', prefix: '803', length: 10 },
  PT: { callingCode: '351', prefix: '912', length: 9 },
  TR: { callingCode: '90', prefix: '532', length: 10 },
  US: { callingCode: '1', prefix: '55501', length: 10 },
  ZA: { callingCode: '27', prefix: '82', length: 9 },
};

/** ISO 3166-1 alpha-2 codes a number can be made for. */
export const knownCountries: readonly string[] = Object.keys(plans);

/** A mobile number of `country`, digits only; `undefined` where the country is not known here. */
export function mintWaId(random: Random, country: string): WaId | undefined {
  const plan = plans[country];
  if (!plan) return undefined;
  const rest = random.text(plan.length - plan.prefix.length, '0123456789');
  return `${plan.callingCode}${plan.prefix}${rest}` as WaId;
}

/** `+1 555-078-3881`: as the Graph node prints a number; the grouping is Meta's for the US and assumed elsewhere. */
export function displayNumber(waId: WaId, country: string): string {
  const callingCode = plans[country]?.callingCode ?? waId.slice(0, 2);
  const national = waId.slice(callingCode.length);
  const groups = [national.slice(0, -7), national.slice(-7, -4), national.slice(-4)];
  return `+${callingCode} ${groups.filter((group) => group !== '').join('-')}`;
}

/** The country a number belongs to, by its calling code; `ZZ`, as ISO 3166 has it for an unknown one, for any other. */
export const countryOfNumber = (waId: WaId): string =>
  Object.entries(plans).find(([, { callingCode }]) => waId.startsWith(callingCode))?.[0] ?? 'ZZ';
