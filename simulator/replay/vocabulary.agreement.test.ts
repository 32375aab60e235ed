/** The language cannot import the simulator, so its lists are held to the simulator's here. */
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { ActingStep, Content, Scenario } from '../../scenarios/language/scenario.ts';
import { faultNames } from '../../scenarios/language/steps/platform.ts';
import { behaviours, countries } from '../../scenarios/language/vocabulary.ts';
import { defaultBehaviour, type Behaviour } from '../core/behaviour.ts';
import type { Content as CoreContent } from '../core/content.ts';
import { knownCountries } from '../core/countries.ts';
import type { FaultRule } from '../webhooks/events.ts';
import { faultRules } from '../webhooks/faults.ts';

describe('the words of scenarios are those of the simulator', () => {
  it('behaviours', () => {
    expect(Object.keys(behaviours).sort()).toEqual(Object.keys(defaultBehaviour).sort());
    expectTypeOf<Scenario['behaviour']>().toEqualTypeOf<Readonly<Partial<Behaviour>>>();
  });

  it('countries', () => {
    expect(countries).toEqual(knownCountries);
  });

  it('faults', () => {
    type Rule = Extract<ActingStep, { does: 'webhooks.fault' }>['rule'];
    expectTypeOf<Rule>().toEqualTypeOf<FaultRule>();
    expect([...faultRules].sort()).toEqual([...faultNames].sort());
  });

  it('contents', () => {
    expectTypeOf<Content>().toEqualTypeOf<CoreContent>();
  });
});
