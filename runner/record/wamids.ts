/** Message ids hold the phone number of the customer, base64-coded: they are taken apart and written anew. Pure. */

/** What a wamid decodes to. */
export interface WamidParts {
  /** Digits of the customer's number, or a user id. */
  readonly user: string;
  /** `0x11` from the business, `0x12` from the customer. */
  readonly direction: number;
  /** Hexadecimal; its beginning tells the kind of device. */
  readonly key: string;
}

/** @returns `undefined` for what is no wamid, or one of another make */
export function readWamid(wamid: string): WamidParts | undefined {
  const bytes = Buffer.from(wamid.replace(/^wamid\./, ''), 'base64');
  const userLength = bytes[2];
  if (bytes[0] !== 0x1c || bytes[1] !== 0x18 || userLength === undefined) return undefined;
  const user = bytes.toString('latin1', 3, 3 + userLength);
  const [direction, , keyLength] = bytes.subarray(3 + userLength + 3);
  if (direction === undefined || keyLength === undefined) return undefined;
  const keyAt = 3 + userLength + 6;
  const key = bytes.toString('latin1', keyAt, keyAt + keyLength);
  return /^[0-9A-F]+$/i.test(key) ? { user, direction, key } : undefined;
}

export function writeWamid({ user, direction, key }: WamidParts): string {
  const chr = String.fromCharCode;
  const bytes = `\x1c\x18${chr(user.length)}${user}\x15\x02\x00${chr(direction)}\x18${chr(key.length)}${key}\x00`;
  return `wamid.${Buffer.from(bytes, 'latin1').toString('base64')}`;
}

/** How keys of iPhones and of browsers begin. */
const devicePrefix = /^(?:3EB0|3A)/;
/** As long as keys are that have been seen. */
const [shortestKey, longestKey] = [18, 32];

/** A key of the same kind and length that stands for another. */
export function standInKey(key: string, ordinal: number): string {
  const prefix = devicePrefix.exec(key)?.[0] ?? '';
  const length = Math.min(Math.max(key.length, shortestKey), longestKey) - prefix.length;
  return prefix + ordinal.toString(16).toUpperCase().padStart(length, '0');
}
