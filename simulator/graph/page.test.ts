import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../core/json.ts';
import { cutPage } from './page.ts';

const whole = { data: Array.from({ length: 60 }, (_, place) => ({ id: String(place) })) };
const ask = (params: JsonObject, served = 26, content: JsonObject = whole) =>
  cutPage(content, { params, served, address: 'http://127.0.0.1:1/v23.0/7/things' });

interface Page {
  readonly data: readonly { readonly id: string }[];
  readonly paging: {
    readonly cursors: { readonly before: string; readonly after: string };
    readonly next?: string;
    readonly previous?: string;
  };
}

const page = (params: JsonObject, content?: JsonObject): Page => {
  const cut = ask(params, 26, content);
  if (!('page' in cut)) throw new Error(cut.message);
  // As a client gets it.
  return JSON.parse(JSON.stringify(cut.page)) as Page;
};

const ids = ({ data }: Page) => data.map(({ id }) => Number(id));

describe('a list of sixty', () => {
  it('comes in pages of 25; the links lead through all of it, once each, and end', () => {
    const seen: number[] = [];
    let link: string | undefined = 'http://127.0.0.1:1/v23.0/7/things?fields=id';
    let pages = 0;
    while (link !== undefined && pages < 10) {
      const params = Object.fromEntries(new URL(link).searchParams);
      expect(params['fields']).toBe('id');
      const here = page(params);
      seen.push(...ids(here));
      link = here.paging.next;
      pages += 1;
    }
    expect(pages).toBe(3);
    expect(seen).toEqual(Array.from({ length: 60 }, (_, place) => place));
  });

  it('and back again', () => {
    const last = page({ limit: '10', after: page({ limit: 50 }).paging.cursors.after });
    expect(ids(last)).toEqual([50, 51, 52, 53, 54, 55, 56, 57, 58, 59]);
    const back = page(Object.fromEntries(new URL(last.paging.previous ?? '').searchParams));
    expect(ids(back)).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
    expect(page({ limit: 10 }).paging.previous).toBeUndefined();
  });

  it('gives at most a hundred', () => {
    const long = { data: Array.from({ length: 150 }, (_, place) => ({ id: String(place) })) };
    expect(page({ limit: 1_000 }, long).data).toHaveLength(100);
  });
});

it('an empty list has no paging; entries without an id have their place as cursor', () => {
  expect(page({}, { data: [] })).toEqual({ data: [] });
  const { paging } = page({ limit: 1 }, { data: ['a', 'b'] });
  expect(page({ after: paging.cursors.after }, { data: ['a', 'b'] }).data).toEqual(['b']);
});

it.each([
  [{ after: 'nonsense' }, 26, 131059],
  [{ before: 'nonsense' }, 24, 131059],
  [{ after: 'nonsense' }, 23, 100],
  [{ limit: '-1' }, 26, 100],
  [{ limit: '0.5' }, 26, 100],
])('%j, asked of v%i.0, is refused with %i', (params, served, code) => {
  expect(ask(params, served)).toMatchObject({ code });
});
