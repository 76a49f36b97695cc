import { get, type Member, type Value } from './outline';

/** A place that says which state comes next. */
export interface Reference {
  why: 'start' | 'next' | 'choice' | 'default' | 'catch';
  /** Whose value is the name. */
  member: Member;
  /** What the member stands in: the machine, the state, a rule or a catcher. */
  holder: Value;
  /** The state's member in `States`; none for `StartAt`. */
  state?: Member;
}

export const memberOf = (of: Value | undefined, key: string): Member | undefined =>
  of?.kind === 'object' ? of.members.find((each) => each.key === key) : undefined;

/** The states of a machine, each by its member of `States`. */
export const statesIn = (machine: Value): Member[] =>
  (get(machine, 'States')?.members ?? []).filter((each) => each.key !== '');

/** Every place of one machine, not of those inside of its states, that names a state of it. */
export function references(machine: Value): Reference[] {
  const start = memberOf(machine, 'StartAt');
  const found: Reference[] = start ? [{ why: 'start', member: start, holder: machine }] : [];
  for (const state of statesIn(machine)) found.push(...referencesOf(state));
  return found;
}

/** Where a state leads to, in the order in which an execution looks. */
export function referencesOf(state: Member): Reference[] {
  const found: Reference[] = [];
  const add = (why: Reference['why'], holder: Value, key: string): void => {
    const member = memberOf(holder, key);
    if (member) found.push({ why, member, holder, state });
  };
  add('next', state.value, 'Next');
  for (const rule of get(state.value, 'Choices')?.members ?? []) add('choice', rule.value, 'Next');
  add('default', state.value, 'Default');
  for (const catcher of get(state.value, 'Catch')?.members ?? []) add('catch', catcher.value, 'Next');
  return found;
}

/** Which states lead to which, by name. */
export type Ways = Map<string, string[]>;

export function waysOf(machine: Value): Ways {
  return new Map(statesIn(machine).map((state) => [
    state.key,
    referencesOf(state).map((each) => each.member.value.text),
  ]));
}

/** The names that can be reached from one. */
export function reached(ways: Ways, from: string): Set<string> {
  const found = new Set<string>();
  const ahead = [from];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop()) {
    if (!ways.has(at) || found.has(at)) continue;
    found.add(at);
    ahead.push(...ways.get(at)!);
  }
  return found;
}
