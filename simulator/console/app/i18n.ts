/** The words of the console, in the language of whoever uses it: one file each. */
import { signal } from '@preact/signals';
import { en } from './texts/en.ts';
import { ptBR } from './texts/pt-BR.ts';

export type TextKey = keyof typeof en;
export type Texts = Readonly<Record<TextKey, string>>;

const languages = { en, 'pt-BR': ptBR } as const satisfies Record<string, Texts>;
export type Language = keyof typeof languages;
export const languageNames: Readonly<Record<Language, string>> = {
  en: 'English',
  'pt-BR': 'Português (Brasil)',
};

const storageKey = 'coex-language';

export const language = signal<Language>(initialLanguage());

export function speak(chosen: Language): void {
  language.value = chosen;
  document.documentElement.lang = chosen;
  localStorage.setItem(storageKey, chosen);
}

function initialLanguage(): Language {
  const wanted = localStorage.getItem(storageKey) ?? navigator.language;
  const found: Language = wanted.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
  document.documentElement.lang = found;
  return found;
}

/** A text with its `{placeholders}` filled. */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const text: string = languages[language.value][key];
  return text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));
}

/** The text of a word that comes from the simulator; the word itself where there is none. */
export function term(prefix: string, word: string): string {
  const key = `${prefix}.${word}`;
  return key in en ? t(key as TextKey) : word;
}

export const clockTime = (ms: number, seconds = false): string =>
  new Intl.DateTimeFormat(language.value, {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(seconds && { second: '2-digit' }),
  }).format(ms);

export const dateTime = (ms: number): string =>
  new Intl.DateTimeFormat(language.value, {
    dateStyle: 'medium',
    timeStyle: 'medium',
    hourCycle: 'h23',
  }).format(ms);

/** How long, in the largest unit that fits: `13 days`, `2 hours`. */
export function span(ms: number): string {
  const units = [
    ['day', 86_400_000],
    ['hour', 3_600_000],
    ['minute', 60_000],
    ['second', 1_000],
  ] as const;
  const [unit, length] = units.find(([, unitMs]) => ms >= unitMs) ?? units[3];
  return new Intl.NumberFormat(language.value, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 0,
  }).format(Math.floor(ms / length));
}
