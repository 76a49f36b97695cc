import type { ChangeSpec } from '@codemirror/state';
import type { Mode } from './languages';
import { get, type Member, type Value } from './outline';
import { languageAt, statesOf, type StateAt } from './places';
import { drawnStates } from './sketch';
import { Writing, type Json } from './writing';

/** What cannot be done, and why, in words for a person. */
export class Refused extends Error {}

/** A definition as it is written, to be changed. */
export class Definition {
  readonly writing: Writing;
  readonly states: StateAt[];
  /** Of all states, also of those inside of others. */
  readonly names: string[];
  private readonly taken: Set<string>;

  constructor(private readonly text: string, mode: Mode, readonly root: Value) {
    this.writing = new Writing(text, mode);
    this.states = statesOf(root);
    this.names = this.states.map((each) => each.name);
    this.taken = new Set(this.names);
  }

  get isBlank(): boolean {
    return this.text.trim() === '';
  }

  get language(): 'JSONata' | 'JSONPath' {
    return languageAt(this.root, undefined);
  }

  /** A state by its id in the graph. */
  find(id: string): { machine: Value; state: Member } {
    const value = drawnStates(this.root).get(id);
    const found = this.states.find((each) => each.state === value);
    if (!found) throw new Refused('This state is not where one can be. Mend the text first: F8 goes to where.');
    return { machine: found.machine, state: found.member };
  }

  /** A name that no state has: the word, or the word and a number. */
  readonly fresh = (word: string): string => {
    const stem = word.replace(/ \(\d+\)$/, '').slice(0, 74);
    let name = this.taken.has(word) ? '' : word;
    for (let i = 1; name === ''; i++) if (!this.taken.has(`${stem} (${i})`)) name = `${stem} (${i})`;
    this.taken.add(name);
    return name;
  };

  /** This in the place of all that is written. */
  whole(machine: Record<string, Json>): ChangeSpec {
    return { from: 0, to: this.text.length, insert: this.writing.whole(machine) };
  }

  /** Whether states named like that, in any order, are what this has. */
  hasJust(names: string[]): boolean {
    return JSON.stringify(names.toSorted()) === JSON.stringify(this.names.toSorted());
  }

  /** Whether its outermost level is a machine. */
  get isMachine(): boolean {
    return get(this.root, 'States')?.kind === 'object';
  }
}
