import { describe, expect, it } from 'vitest';
import { responseValidator } from '../../../contracts/catalogue.ts';
import { createEngine, type Outcome } from '../../core/engine.ts';
import type { GraphRequest } from '../../core/feature.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { JsonObject } from '../../core/json.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { ProfileRead } from './decide.ts';
import { whatsappBusinessProfileFeature } from './feature.ts';
import { parseChange, parseRead, renderProfile } from './wire.ts';

interface Stage {
  readonly change: (params: JsonObject) => Outcome;
  readonly ask: (fields?: readonly string[]) => Outcome<ProfileRead>;
  readonly read: (fields?: readonly string[]) => JsonObject;
}

function stage(state: NumberState): Stage {
  const engine = createEngine(
    createWorld('profile'),
    [furniture, whatsappBusinessProfileFeature],
    epochMs(0),
  );
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const request: GraphRequest = {
    method: 'POST',
    nodeId: created.reply.phoneNumberId,
    token: '',
    params: {},
  };
  const ask: Stage['ask'] = (fields) =>
    engine.execute<ProfileRead>(parseRead({ ...request, ...(fields && { fields }) }));
  return {
    change: (params) => engine.execute(parseChange({ ...request, params })),
    ask,
    read: (fields) => {
      const outcome = ask(fields);
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      const answer = renderProfile(outcome.reply);
      expect(responseValidator('whatsapp-business-profile', 'GET')(answer)).toEqual([]);
      return answer;
    },
  };
}

describe('reading', () => {
  it('without fields says next to nothing', () => {
    expect(stage('coexistence').read()).toEqual({ data: [{ messaging_product: 'whatsapp' }] });
  });

  it('works when the number itself cannot be seen any more', () => {
    expect(stage('disconnected').read(['about', 'email'])).toEqual({
      data: [{ about: 'Hey there! I am using WhatsApp.', messaging_product: 'whatsapp' }],
    });
  });

  it('says which field a profile does not have', () => {
    expect(stage('coexistence').ask(['about', 'colour'])).toMatchObject({
      refusal: { code: 100, message: expect.stringContaining('(colour)') as string },
    });
  });
});

describe('changing', () => {
  it('touches what it names', () => {
    const { change, read } = stage('coexistence');
    change({ messaging_product: 'whatsapp', email: 'a@b.example', websites: ['https://a.example'] });
    change({ messaging_product: 'whatsapp', about: 'Open' });
    expect(read(['about', 'email', 'websites', 'vertical', 'address'])).toEqual({
      data: [
        {
          about: 'Open',
          vertical: 'OTHER',
          email: 'a@b.example',
          websites: ['https://a.example'],
          messaging_product: 'whatsapp',
        },
      ],
    });
  });

  it.each([
    [
      'a list as text',
      '["https://a.example","https://b.example"]',
      ['https://a.example', 'https://b.example'],
    ],
    ['one address', 'https://a.example', ['https://a.example']],
    ['no text', 7, undefined],
  ])('takes websites as %s', (_how, websites, expected) => {
    const { change, read } = stage('cloud-api');
    change({ websites });
    expect((read(['websites'])['data'] as JsonObject[])[0]?.['websites']).toEqual(expected);
  });

  it('is over after a disconnection', () => {
    expect(stage('disconnected').change({ about: 'Open' })).toMatchObject({
      refusal: { code: 100, subcode: 33 },
    });
  });
});
