/** Phone numbers of people who are nobody: the same country and length, and a national number that no country gives out. Pure. */

/** Calling codes of two digits (ITU E.164); `1` and `7` have one, all others three. */
const codesOfTwoDigits = new Set(
  (
    '20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 ' +
    '90 91 92 93 94 95 98'
  ).split(' '),
);

/** Where the simulator has customers, by calling code. */
const countries: Readonly<Record<string, string>> = {
  '1': 'US',
  '27': 'ZA',
  '33': 'FR',
  '34': 'ES',
  '39': 'IT',
  '44': 'GB',
  '49': 'DE',
  '52': 'MX',
  '54': 'AR',
  '55': 'BR',
  '57': 'CO',
  '61': 'AU',
  '62': 'ID',
  '81': 'JP',
  '90': 'TR',
  '91': 'IN',
  '234': 'NG',
  '351': 'PT',
};

/** @param digits - an international number without plus */
export function callingCodeOf(digits: string): string {
  if (/^[17]/.test(digits)) return digits.slice(0, 1);
  return codesOfTwoDigits.has(digits.slice(0, 2)) ? digits.slice(0, 2) : digits.slice(0, 3);
}

/** ISO 3166-1 alpha-2 of a country that scenarios can name; `undefined` where there is none. */
export const countryOf = (digits: string): string | undefined => countries[callingCodeOf(digits)];

/** Digits of a number however it is formatted; `undefined` for what is no number. */
export function digitsOf(text: string): string | undefined {
  const digits = text.replace(/\D/g, '');
  return /^\+?[\d\s().-]+$/.test(text) && digits.length >= 5 && digits.length <= 15 ? digits : undefined;
}

/**
 * One form for numbers that WhatsApp prints in two: Brazil with and without its ninth digit, Mexico and Argentina with
 * and without the digit of mobile phones.
 */
export const canonical = (digits: string): string =>
  digits
    .replace(/^(55\d\d)9(\d{8})$/, '$1$2')
    .replace(/^521(\d{10})$/, '52$1')
    .replace(/^549(\d{10})$/, '54$1');

/**
 * The stand-in of a number: its calling code, noughts, and who it is. National numbers that begin with two noughts are
 * given out nowhere.
 *
 * @param ordinal - from 1; the same for all forms of one number
 */
export function standInNumber(digits: string, ordinal: number): string {
  const code = callingCodeOf(digits);
  return code + String(ordinal).padStart(digits.length - code.length, '0');
}

/** Puts other digits into a formatted number: `+44 7700 900111` stays readable as one. */
export function reformat(formatted: string, digits: string): string {
  let index = 0;
  return formatted.replace(/\d/g, () => digits.charAt(index++)) + digits.slice(index);
}
