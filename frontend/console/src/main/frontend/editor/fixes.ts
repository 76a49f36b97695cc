import type { ChangeSpec } from '@codemirror/state';
import type { Mode } from './languages';
import { get, type Member, type Value } from './outline';
import { machineAt, placeAt, stateAt, type Place } from './places';
import { Writing } from './writing';

/** A way to mend a fault, as one change of the text. */
export interface Fix {
  label: string;
  changes: ChangeSpec;
}

const TYPES = ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];
const WITHOUT_NEXT = new Set(['Choice', 'Succeed', 'Fail']);
const NAMED = 3;

/** What may be done about what is wrong at this position; the likeliest first. */
export function fixesAt(text: string, root: Value, mode: Mode, position: number): Fix[] {
  const place = placeAt(root, position);
  const last = place.chain.at(-1);
  if (!last || mode === 'text') return [];
  const writing = new Writing(text, mode);
  const key = 'key' in last.step ? last.step.key : '';
  if (key === 'Next' || key === 'Default' || key === 'StartAt') {
    return target(writing, root, place, last.member, position);
  }
  const state = stateAt(root, position);
  if (!state || state.state.kind !== 'object') return [];
  if (key === 'Type' && last.container === state.state) return type(writing, last.member);
  return last.member === state.member ? wayOut(writing, state.state, state.machine, state.name) : [];
}

function target(writing: Writing, root: Value, place: Place, member: Member, position: number): Fix[] {
  const states = get(machineAt(root, place), 'States');
  const name = member.value.text;
  if (!states || states.members.some((each) => each.key === name)) return [];
  const own = stateAt(root, position)?.name;
  const names = states.members.map((each) => each.key).filter((each) => each !== '' && each !== own);
  const fixes = nearest(name, names).map((each) => ({
    label: `Change to “${each}”`,
    changes: writing.value(member, each),
  }));
  if (name !== '') {
    fixes.push({ label: `Add the state “${name}”`, changes: added(writing, states, own, name) });
  }
  return fixes;
}

/** A new state behind the one of that name, or behind all. */
function added(writing: Writing, states: Value, behind: string | undefined, name: string): ChangeSpec {
  const state = { Type: 'Pass', End: true };
  const member = states.members.find((each) => each.key === behind) ?? states.members.at(-1);
  return member ? writing.entries(states, { behind: member }, { [name]: state }) : writing.member(states, name, state);
}

function type(writing: Writing, member: Member): Fix[] {
  if (TYPES.includes(member.value.text)) return [];
  return nearest(member.value.text, TYPES).map((each) => ({
    label: `Change to ${each}`,
    changes: writing.value(member, each),
  }));
}

/** A state leads on or ends, one of the two. */
function wayOut(writing: Writing, state: Value, machine: Value, name: string): Fix[] {
  const written = get(state, 'Type')?.text;
  if (written === undefined) {
    return ['Pass', 'Task'].map((each) => ({ label: `Make it a ${each}`, changes: writing.member(state, 'Type', each) }));
  }
  const [next, end] = ['Next', 'End'].map((key) => state.members.find((each) => each.key === key));
  if (next && end) {
    return [next, end].map((each) => ({ label: `Remove ${each.key}`, changes: writing.without(state, [each]) }));
  }
  if (next || end || WITHOUT_NEXT.has(written)) return [];
  const states = get(machine, 'States')?.members ?? [];
  const follows = states[states.findIndex((each) => each.key === name) + 1]?.key;
  const fixes = [{ label: 'End here', changes: writing.member(state, 'End', true) }];
  if (follows) fixes.unshift({ label: `Go on to “${follows}”`, changes: writing.member(state, 'Next', follows) });
  return fixes;
}

/** Those that look most like it. */
function nearest(word: string, words: string[]): string[] {
  return words
    .map((each) => ({ each, far: distance(word.toLowerCase(), each.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, NAMED)
    .map(({ each }) => each);
}

/** How many letters to change, add or take away. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const now = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      now.push(Math.min(changed, before[j]! + 1, now[j - 1]! + 1));
    }
    before = now;
  }
  return before[b.length]!;
}
