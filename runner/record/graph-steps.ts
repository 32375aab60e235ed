/** Graph calls of the system under test → what is expected of it. Pure. */
import { contractsOfCall } from '../../simulator/index.ts';
import { step, within, type Draft } from './draft.ts';
import { fieldsIn, fieldsOf } from './json.ts';
import { isAccepted, type RecordedCall } from './recording.ts';

/** The name of the call's contract, as scenarios name edges; `undefined` where it has none. */
export function edgeOf({ method, path }: Pick<RecordedCall, 'method' | 'path'>): string | undefined {
  const { contracts } = contractsOfCall({ method, target: path, body: '' });
  return contracts[0]?.name;
}

/** Messages that were sent are expected; receipts, and what else the system asks, are its own affair. */
export function expectCall(call: RecordedCall, draft: Draft): void {
  if (call.method !== 'POST' || edgeOf(call) !== 'messages' || call.params?.['status'] !== undefined) return;
  if (!isAccepted(call.status)) {
    draft.leaveOut('a send that the Graph API refused');
    return;
  }
  const person = draft.takePart(call.params?.['to'], call.params?.['recipient']);
  if (!person) {
    draft.leaveOut('a send to somebody who is not known');
    return;
  }
  const wamid = fieldsOf(fieldsIn(call.answer?.['messages'])[0])['id'];
  const as = draft.name(wamid, 'system', person.key);
  draft.expect(step('expect.call', { edge: 'messages', to: person.key, as, within }));
}
