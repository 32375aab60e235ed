/** Holds what was captured to the contracts. */
import {
  envelopeValidator,
  errorCatalogue,
  errorValidator,
  unnamedFields,
  webhookFields,
  webhookValidator,
} from '../../contracts/catalogue.ts';
import { wireWords } from '../../contracts/words.ts';
import { contractsOfCall, type CallContract } from '../../simulator/index.ts';
import type { Capture, CapturedCall } from './captures.ts';
import { toDifferences, type Difference } from './differences.ts';

/** What was found of one body: of a webhook, of a request, of an answer. */
export interface Checked {
  readonly place: string;
  /** `webhook messages`, `answer of POST messages`. */
  readonly what: string;
  readonly differences: readonly Difference[];
  /** The body. */
  readonly data: unknown;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** @returns one entry for each body that could be held to something */
export function checkCapture({ place, captured }: Capture): readonly Checked[] {
  const checked = captured.kind === 'webhook' ? checkWebhook(captured.body) : checkCall(captured);
  return checked.map((one) => ({ place, ...one }));
}

type Placeless = Omit<Checked, 'place'>;

const differencesOf = (findings: Parameters<typeof toDifferences>[0], data: unknown): readonly Difference[] =>
  toDifferences(findings, data, (key) => wireWords().keys.has(key));

function checkWebhook(body: unknown): readonly Placeless[] {
  if (isChange(body))
    return [{ what: `webhook ${body.field}`, differences: checkChange(body, ''), data: body }];
  const changes = changesOf(body);
  const fields = [...new Set(changes.map(({ change }) => change.field))];
  const differences = [
    ...differencesOf(envelopeValidator()(body), body),
    ...changes.flatMap(({ change, pointer }) => checkChange(change, pointer)),
  ];
  return [{ what: `webhook ${fields.join(', ')}`.trim(), differences, data: body }];
}

interface Change {
  readonly field: string;
  readonly value: unknown;
}

const isChange = (value: unknown): value is Change =>
  typeof value === 'object' &&
  value !== null &&
  'value' in value &&
  'field' in value &&
  typeof value.field === 'string';

/** The changes that are there, whatever else is wrong around them. */
function changesOf(body: unknown): readonly { readonly change: Change; readonly pointer: string }[] {
  return listAt(body, 'entry').flatMap((entry, at) =>
    listAt(entry, 'changes').flatMap((change, index) =>
      isChange(change) ? [{ change, pointer: `/entry/${at}/changes/${index}` }] : [],
    ),
  );
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const list = typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function checkChange({ field, value }: Change, pointer: string): readonly Difference[] {
  if (!webhookFields().includes(field)) {
    const isNamed = unnamedFields().some((one) => one.field === field);
    const message = isNamed
      ? 'is a field of which only the name is known'
      : 'is a field that no contract has';
    return [{ kind: 'unknown', pointer: `${pointer}/field`, message }];
  }
  return below(`${pointer}/value`, differencesOf(webhookValidator(field)(value), value));
}

const below = (pointer: string, differences: readonly Difference[]): readonly Difference[] =>
  differences.map((one) => ({ ...one, pointer: `${pointer}${one.pointer}` }));

/** A refused request says nothing about requests; the refusal itself is looked at. */
function checkCall(call: CapturedCall): readonly Placeless[] {
  const read = contractsOfCall(call);
  const { path } = read;
  if (read.contracts.length === 0)
    return [
      {
        what: `${call.method} ${path}`,
        differences: [{ kind: 'unknown', pointer: '', message: 'is an operation that no contract has' }],
        data: call.answer,
      },
    ];
  const refused = call.status !== undefined && call.status >= 400;
  if (refused) return call.answer === undefined ? [] : [checkRefusal(call, path)];
  const closest = read.contracts
    .map((contract) => checkAgainst(contract, call, read.params))
    .toSorted((a, b) => count(a) - count(b));
  return closest[0] ?? [];
}

const count = (checked: readonly Placeless[]): number =>
  checked.reduce((sum, { differences }) => sum + differences.length, 0);

function checkAgainst(
  { name, checkRequest, checkAnswer }: CallContract,
  { method, answer }: CapturedCall,
  params: JsonObject | undefined,
): readonly Placeless[] {
  const checked: Placeless[] = [];
  if (params)
    checked.push({
      what: `request ${method} ${name}`,
      differences: differencesOf(checkRequest(params), params),
      data: params,
    });
  if (answer !== undefined)
    checked.push({
      what: `answer of ${method} ${name}`,
      differences: differencesOf(checkAnswer(answer), answer),
      data: answer,
    });
  return checked;
}

function checkRefusal({ method, answer }: CapturedCall, path: string): Placeless {
  const differences = [...differencesOf(errorValidator()(answer), answer), ...unknownCode(answer)];
  return { what: `refusal of ${method} ${path}`, differences, data: answer };
}

function unknownCode(answer: unknown): readonly Difference[] {
  const error = typeof answer === 'object' && answer !== null ? (answer as JsonObject)['error'] : undefined;
  if (typeof error !== 'object' || error === null) return [];
  const { code, error_subcode: subcode } = error as JsonObject;
  const known = errorCatalogue();
  if (typeof code === 'number' && !known.some((one) => one.code === code))
    return [{ kind: 'unknown', pointer: '/error/code', message: `${code} is no error that is known` }];
  if (typeof subcode === 'number' && !known.some((one) => one.code === code && one.subcode === subcode))
    return [
      {
        kind: 'unknown',
        pointer: '/error/error_subcode',
        message: `${subcode} is not known with code ${String(code)}`,
      },
    ];
  return [];
}
