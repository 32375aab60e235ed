import { describe, expect, it } from 'vitest';
import { accept, refuse, type Command, type WorldEvent } from './decision.ts';
import { createEngine } from './engine.ts';
import { toLine } from './event-log.ts';
import { schedule, type CommandScheduled } from './events.ts';
import { commands, evolves, reacts, type Feature } from './feature.ts';
import { epochMs } from './time.ts';
import { chanceOf, createWorld, slice } from './world.ts';

interface Note extends Command {
  readonly type: 'note';
  readonly text: string;
  readonly laterMs?: number;
}
interface Noted extends WorldEvent {
  readonly type: 'noted';
  readonly text: string;
  readonly chance: number;
}
interface Echoed extends WorldEvent {
  readonly type: 'echoed';
  readonly text: string;
}

const notes = slice('notes', () => [] as string[]);

const notebook: Feature = {
  name: 'notebook',
  commands: commands<Note>({
    note: (world, command, nowMs) => {
      const noted: Noted = { type: 'noted', text: command.text, chance: chanceOf(world).integer(0, 1e9) };
      if (command.text === '') {
        return refuse({ code: 1, httpStatus: 400, message: 'Empty', evidence: 'assumed', source: 'test' });
      }
      const events: (Noted | CommandScheduled)[] = [noted];
      if (command.laterMs !== undefined) {
        const later: Note = { type: 'note', text: `${command.text} again` };
        events.push(schedule(epochMs(nowMs + command.laterMs), later));
      }
      return accept(events, command.text.length);
    },
  }),
  evolve: evolves<Noted | Echoed>({
    noted: (world, event) => void notes.in(world).push(event.text),
    echoed: (world, event) => void notes.in(world).push(`echo of ${event.text}`),
  }),
  react: reacts<Noted>({
    noted: (_world, event): Echoed[] => [{ type: 'echoed', text: event.text }],
  }),
};

const open = () => createEngine(createWorld('test'), [notebook], epochMs(1_000));
const note = (text: string, laterMs?: number): Note => ({
  type: 'note',
  text,
  ...(laterMs !== undefined && { laterMs }),
});

describe('the engine', () => {
  it('folds what a decision said, then what followed from it', () => {
    const engine = open();
    expect(engine.execute(note('a'))).toEqual({ kind: 'accepted', reply: 1 });
    expect(notes.of(engine.world)).toEqual(['a', 'echo of a']);
    expect(engine.log.recent().map(({ sequence, event }) => [sequence, event.type])).toEqual([
      [1, 'noted'],
      [2, 'echoed'],
    ]);
  });

  it('restores what happened: the same world, the same instant, and nothing that was decided is decided anew', () => {
    const before = open();
    before.execute(note('a', 500));
    before.moveTo(epochMs(1_400));
    before.execute(note('b'));
    const after = open();
    for (const record of before.log.recent()) after.restore(record);
    expect([after.nowMs, after.nextDueMs()]).toEqual([1_400, 1_500]);
    expect(after.log.recent()).toEqual(before.log.recent());
    expect(notes.of(after.world)).toEqual(['a', 'echo of a', 'b', 'echo of b']);
    // Chance goes on where it was, too.
    before.execute(note('c'));
    after.execute(note('c'));
    expect(after.log.recent()).toEqual(before.log.recent());
    expect(() => after.restore({ sequence: 3, atMs: epochMs(1), event: { type: 'noted' } })).toThrow(
      'does not follow',
    );
  });

  it('hands a refusal over as data and changes nothing', () => {
    const engine = open();
    expect(engine.execute(note(''))).toMatchObject({ kind: 'refused', refusal: { code: 1 } });
    expect(engine.log.length).toBe(0);
  });

  it('gives due commands at their own instant, what was scheduled first going first', () => {
    const engine = open();
    engine.execute(note('late', 500));
    engine.execute(note('early', 200));
    engine.execute(note('tie', 200));
    expect(engine.runNextDue(epochMs(1_199))).toBe(false);
    while (engine.runNextDue(epochMs(9_000)));
    expect(
      notes.of(engine.world).filter((text) => text.endsWith('again') && !text.startsWith('echo')),
    ).toEqual(['early again', 'tie again', 'late again']);
    expect(engine.nowMs).toBe(1_500);
  });

  it('never lets the clock go back', () => {
    expect(() => open().moveTo(epochMs(999))).toThrow('never goes back');
  });

  it('takes an unknown command for a bug', () => {
    expect(() => open().execute({ type: 'dance' })).toThrow('dance');
  });

  it('writes the same log for the same commands, and another for another world', () => {
    const lines = (name: string): string[] => {
      const engine = createEngine(createWorld(name), [notebook], epochMs(1_000));
      engine.execute(note('a', 10));
      while (engine.runNextDue(epochMs(2_000)));
      return engine.log.recent().map(toLine);
    };
    expect(lines('x')).toEqual(lines('x'));
    expect(lines('x')).not.toEqual(lines('y'));
  });
});
