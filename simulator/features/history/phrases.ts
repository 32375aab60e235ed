/** What people in a history say and are called: short lists, made once per history and picked from ever after. */
import { createRequire } from 'node:module';
import type { Faker } from '@faker-js/faker';
import type { HistoryFill } from './events.ts';

/** Lists to pick from, none of them empty. */
export interface Phrases {
  readonly customer: readonly string[];
  readonly business: readonly string[];
  /** `ana.lopez`: what a username begins with. */
  readonly names: readonly string[];
}

type Sentence = (faker: Faker) => string;

const listLength = 128;

/** Keyed by the fill itself, so that a list lives no longer than the world it is for. */
const made = new WeakMap<HistoryFill, Phrases>();

/** @param country - of the business; Brazil and Portugal speak Portuguese here, everybody else English */
export function phrasesOf(fill: HistoryFill, country: string): Phrases {
  const known = made.get(fill);
  if (known) return known;
  const portuguese = country === 'BR' || country === 'PT';
  const faker = loadFaker(portuguese ? 'pt_BR' : 'en');
  // The generator is shared by all who load this locale; whoever uses it seeds it first.
  faker.seed(fill.seed);
  const phrases: Phrases = {
    customer: list(faker, portuguese ? customerPortuguese : customerEnglish),
    business: list(faker, portuguese ? businessPortuguese : businessEnglish),
    names: list(faker, [(f) => `${plain(f.person.firstName())}.${plain(f.person.lastName())}`]),
  };
  made.set(fill, phrases);
  return phrases;
}

/** A locale takes tens of milliseconds to load, which nobody without a history should pay. */
function loadFaker(locale: 'pt_BR' | 'en'): Faker {
  const load = createRequire(import.meta.url);
  return (load(`@faker-js/faker/locale/${locale}`) as { readonly faker: Faker }).faker;
}

const list = (faker: Faker, sentences: readonly Sentence[]): readonly string[] =>
  Array.from({ length: listLength }, (_, index) => sentences[index % sentences.length]?.(faker) ?? '');

/** Lower-case letters alone, as usernames have them. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const customerEnglish: readonly Sentence[] = [
  (f) => `Hi, do you have the ${f.commerce.productName()}?`,
  (f) => `How much is the ${f.commerce.product()}?`,
  (f) => `Do you deliver to ${f.location.city()}?`,
  () => 'Thank you! 🙏',
  () => 'Do you open on Sunday?',
  (f) => `I would like two of the ${f.commerce.productName()}, please.`,
  (f) => `My name is ${f.person.fullName()}, I ordered yesterday.`,
  () => 'Ok',
];

const businessEnglish: readonly Sentence[] = [
  (f) => `Yes, it is $${f.commerce.price()}.`,
  (f) => `The ${f.commerce.productName()} arrives tomorrow.`,
  () => 'Good morning! How can we help?',
  () => 'We are open from 10 to 18.',
  (f) => `${f.person.firstName()} will bring it to ${f.location.street()}.`,
  () => 'Your order is ready. ✅',
  (f) => `Sorry, we have no ${f.commerce.product()} today.`,
  () => 'Thank you, see you soon!',
];

const customerPortuguese: readonly Sentence[] = [
  (f) => `Oi, vocês têm ${f.commerce.productName()}?`,
  (f) => `Quanto custa ${f.commerce.product()}?`,
  (f) => `Entregam em ${f.location.city()}?`,
  () => 'Muito obrigada! 🙏',
  () => 'Abrem no domingo?',
  (f) => `Quero dois: ${f.commerce.productName()}, por favor.`,
  (f) => `Aqui é ${f.person.fullName()}, fiz um pedido ontem.`,
  () => 'Ok',
];

const businessPortuguese: readonly Sentence[] = [
  (f) => `Temos sim, sai por R$ ${f.commerce.price()}.`,
  (f) => `${f.commerce.productName()} chega amanhã.`,
  () => 'Bom dia! Como podemos ajudar?',
  () => 'Funcionamos das 10h às 18h.',
  (f) => `${f.person.firstName()} leva até ${f.location.street()}.`,
  () => 'Seu pedido está pronto. ✅',
  (f) => `Hoje não temos ${f.commerce.product()}, desculpe.`,
  () => 'Obrigado, até logo!',
];
