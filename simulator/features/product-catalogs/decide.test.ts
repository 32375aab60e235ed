import { expect, it } from 'vitest';
import { createEngine, type Engine } from '../../core/engine.ts';
import { furniture, type CreatedNumber, type CreateNumber } from '../../core/furniture.ts';
import type { WabaId } from '../../core/identifiers.ts';
import { epochMs } from '../../core/time.ts';
import { createWorld, type NumberState } from '../../core/world.ts';
import type { LinkCatalog, ListCatalogs } from './events.ts';
import { productCatalogsFeature } from './feature.ts';

function stage(state: NumberState): { engine: Engine; link: LinkCatalog; list: ListCatalogs } {
  const engine = createEngine(createWorld('catalogs'), [furniture, productCatalogsFeature], epochMs(0));
  const create: CreateNumber = { type: 'create-number', state, country: 'US' };
  const created = engine.execute<CreatedNumber>(create);
  if (created.kind !== 'accepted') throw new Error('The number was not created.');
  const { wabaId } = created.reply;
  return {
    engine,
    link: { type: 'link-catalog', wabaId, catalogId: '194836987003835' },
    list: { type: 'list-catalogs', wabaId },
  };
}

it('a catalog that was linked is listed once', () => {
  const { engine, link, list } = stage('cloud-api');
  expect(engine.execute(list)).toMatchObject({ reply: [] });
  engine.execute(link);
  engine.execute(link);
  expect(engine.execute(list)).toMatchObject({ reply: ['194836987003835'] });
});

it('an account of the app neither links nor lists', () => {
  const { engine, link, list } = stage('coexistence');
  for (const command of [link, list])
    expect(engine.execute(command)).toMatchObject({
      refusal: { code: 10, message: 'This operation can not be performed on SMB business type' },
    });
});

it('one account’s number does not close another’s', () => {
  const { engine } = stage('coexistence');
  const create: CreateNumber = { type: 'create-number', state: 'cloud-api', country: 'US' };
  const other = engine.execute<CreatedNumber>(create);
  const wabaId = other.kind === 'accepted' ? other.reply.wabaId : ('' as WabaId);
  const list: ListCatalogs = { type: 'list-catalogs', wabaId };
  expect(engine.execute(list).kind).toBe('accepted');
});
