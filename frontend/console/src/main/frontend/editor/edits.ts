import type { ChangeSpec } from '@codemirror/state';
import type { Spot, Way } from '../graph/author';
import { blank, isTerminal, WORDS, type Kind } from './blank-states';
import { Definition, Refused } from './definition';
import { get, type Member, type Value } from './outline';
import {
  memberOf, reached, references, referencesOf, statesIn, waysOf, type Reference,
} from './references';
import type { Json } from './writing';

/** A change of a definition, as one of its text. */
export interface Edit {
  changes: ChangeSpec[];
  /** The names of the states that there are then. */
  names: string[];
  /** The name of the state to look at then; null for none. */
  select: string | null;
  said: string;
}

/** A state as it is found in the text. */
interface Found {
  machine: Value;
  state: Member;
}

/** How a new state comes into the way: what leads to it, and what it leads to. */
interface Joint {
  machine: Value;
  changes: (name: string) => ChangeSpec[];
  /** The names whose ways lead to the new state instead; null for the start. */
  from: (string | null)[];
  next: string | undefined;
  beside: { behind: Member } | { before: Member } | undefined;
}

/** Puts a new state there. */
export function insert(of: Definition, kind: Kind, spot: Spot): Edit {
  const language = of.language;
  const name = of.fresh(WORDS[kind]);
  const said = `Inserted ${name}`;
  if (of.isBlank) {
    const { state, more } = blank(kind, 'JSONata', undefined, of.fresh);
    const machine = { StartAt: name, QueryLanguage: 'JSONata', States: { [name]: state, ...more } };
    return edit(of, [of.whole(machine)], [], name, said, [name, ...Object.keys(more), ...inner(state)]);
  }
  const joint = spot.at === 'machine' ? emptyMachine(of, of.root) : jointAt(of, spot);
  if (isTerminal(kind)) keepReached(joint, name, kind);
  const { state, more } = blank(kind, language, joint.next, of.fresh);
  const states = { [name]: state, ...more };
  const changes = joint.changes(name);
  const holder = get(joint.machine, 'States');
  if (joint.beside && holder) changes.push(of.writing.entries(holder, joint.beside, states));
  else changes.push(...statesOf(of, joint.machine, states));
  return edit(of, changes, [], name, said, [...Object.keys(states), ...inner(state)]);
}

/** The names of the states inside of a new one. */
function inner(state: Record<string, Json>): string[] {
  const machines = (state.Branches ?? (state.ItemProcessor ? [state.ItemProcessor] : [])) as { States: object }[];
  return machines.flatMap((each) => Object.keys(each.States));
}

function statesOf(of: Definition, machine: Value, states: Record<string, Json>): ChangeSpec[] {
  const there = memberOf(machine, 'States');
  return [there ? of.writing.set(machine, there, states) : of.writing.member(machine, 'States', states)];
}

function jointAt(of: Definition, spot: Exclude<Spot, { at: 'machine' }>): Joint {
  if (spot.at === 'way') return onWay(of, spot.way);
  const found = of.find(spot.id);
  if (spot.at === 'inside') {
    const empty = machinesIn(found.state.value).find((each) => statesIn(each).length === 0);
    return empty ? emptyMachine(of, empty) : after(of, found);
  }
  return spot.at === 'before' ? before(of, found) : after(of, found);
}

/** The machines inside of a state. */
export function machinesIn(state: Value): Value[] {
  const branches = (get(state, 'Branches')?.members ?? []).map((each) => each.value);
  const processor = get(state, 'ItemProcessor') ?? get(state, 'Iterator');
  return processor ? [...branches, processor] : branches;
}

function emptyMachine(of: Definition, machine: Value): Joint {
  if (machine.kind !== 'object') throw new Refused('The text has no states to put one beside.');
  const start = memberOf(machine, 'StartAt');
  return {
    machine,
    changes: (name) => [start ? of.writing.value(start, name) : of.writing.member(machine, 'StartAt', name)],
    from: [null],
    next: undefined,
    beside: undefined,
  };
}

function onWay(of: Definition, way: Way): Joint {
  if (way.from === null) {
    const first = statesIn(of.root).find((each) => each.key === way.to) ?? statesIn(of.root)[0];
    const start = memberOf(of.root, 'StartAt');
    if (!first) return emptyMachine(of, of.root);
    return {
      machine: of.root,
      changes: (name) => [start ? of.writing.value(start, name) : of.writing.member(of.root, 'StartAt', name)],
      from: [null],
      next: way.to || first.key,
      beside: { before: first },
    };
  }
  const { machine, state } = of.find(way.from);
  if (way.why === 'end') return after(of, { machine, state });
  return along(of, machine, state, referenceOf(state, way));
}

function along(of: Definition, machine: Value, state: Member, reference: Reference): Joint {
  return {
    machine,
    changes: (name) => [of.writing.value(reference.member, name)],
    from: [state.key],
    next: reference.member.value.text,
    beside: { behind: state },
  };
}

/** What a way is written as. */
function referenceOf(state: Member, way: Way): Reference {
  const same = referencesOf(state).filter((each) => each.why === way.why && each.member.value.text === way.to);
  const found = same[way.nth];
  if (!found) throw new Refused(`“${state.key}” does not lead there any more.`);
  return found;
}

/** Behind a state; behind one that ends the way, before it. */
function after(of: Definition, found: Found): Joint {
  const { machine, state } = found;
  const type = get(state.value, 'Type')?.text;
  if (type === 'Succeed' || type === 'Fail') return before(of, found);
  const ways = referencesOf(state).filter((each) => each.why !== 'catch' && each.member.value.text !== '');
  const way = ways.find((each) => each.why === 'default') ?? ways[0];
  if (way) return along(of, machine, state, way);
  if (type === 'Choice') throw new Refused(`“${state.key}” has no rule that leads on yet.`);
  return {
    machine,
    changes: (name) => goOn(of, state, name),
    from: [state.key],
    next: undefined,
    beside: { behind: state },
  };
}

/** Before a state: whatever led to it leads to the new one. */
function before(of: Definition, { machine, state }: Found): Joint {
  const leading = references(machine).filter((each) => each.member.value.text === state.key && each.state !== state);
  return {
    machine,
    changes: (name) => leading.map((each) => of.writing.value(each.member, name)),
    from: leading.map((each) => each.state?.key ?? null),
    next: state.key,
    beside: { before: state },
  };
}

/** A state that ends the way may not cut off what comes after it. */
function keepReached(joint: Joint, name: string, kind: Kind): void {
  const { machine, next } = joint;
  if (next === undefined || !statesIn(machine).some((each) => each.key === next)) return;
  const ways = waysOf(machine);
  let start = get(machine, 'StartAt')?.text ?? '';
  const was = reached(ways, start);
  for (const from of joint.from) {
    if (from === null) start = name;
    else ways.get(from)!.splice(ways.get(from)!.indexOf(next), 1);
  }
  if (was.has(next) && !reached(ways, start).has(next)) {
    throw new Refused(`A ${WORDS[kind]} ends the way: “${next}” could not be reached any more. Put it at an end, or on one of several ways.`);
  }
}

/** Lets a state go on to another, or end. */
function goOn(of: Definition, state: Member, to: string | undefined): ChangeSpec[] {
  const [next, end] = [memberOf(state.value, 'Next'), memberOf(state.value, 'End')];
  if (to === undefined) {
    if (next) return [of.writing.instead(next, 'End', true)];
    return end ? [] : [of.writing.member(state.value, 'End', true)];
  }
  if (next) return [of.writing.value(next, to)];
  return end ? [of.writing.instead(end, 'Next', to)] : [of.writing.member(state.value, 'Next', to)];
}

/** Takes a state away: what led to it leads to what came after it. What only it led to goes with it. */
export function remove(of: Definition, id: string): Edit {
  const found = of.find(id);
  const { machine, state } = found;
  if (statesIn(machine).length === 1) return removeOnly(of, found);
  const on = successor(found);
  const instead = (holder: string | null): string | undefined => (on === holder ? undefined : on);
  const others = statesIn(machine).filter((each) => each !== state);
  const start = get(machine, 'StartAt')?.text ?? '';
  const begins = start === state.key ? (on ?? others[0]!.key) : start;
  const ways = waysOf(machine);
  const was = reached(ways, start);
  for (const [name, targets] of ways) {
    ways.set(name, targets.flatMap((each) => (each === state.key ? (instead(name) ?? []) : [each])));
  }
  ways.delete(state.key);
  const stays = reached(ways, begins);
  const ends = (each: Member): boolean =>
    isEnd(each) || (get(each.value, 'Next')?.text === state.key && instead(each.key) === undefined);
  if (machine === of.root && !others.some((each) => stays.has(each.key) && ends(each))) {
    throw new Refused(`Without “${state.key}” the machine would never end. Lead what goes there elsewhere first.`);
  }
  const gone = [state, ...others.filter((each) => was.has(each.key) && !stays.has(each.key))];
  const changes: ChangeSpec[] = [];
  const begun = memberOf(machine, 'StartAt');
  if (begun && begins !== start) changes.push(of.writing.value(begun, begins));
  for (const each of others) if (!gone.includes(each)) changes.push(...led(of, each, state.key, instead(each.key)));
  changes.push(...of.writing.without(get(machine, 'States')!, gone));
  const more = gone.length - 1;
  const said = more === 0 ? '' : ` and ${more} ${more === 1 ? 'state' : 'states'} that only it led to`;
  const select = on !== undefined && stays.has(on) ? on : previous(machine, state, gone);
  return edit(of, changes, gone, select, `Deleted ${state.key}${said}`, []);
}

const isEnd = (state: Member): boolean =>
  ['Succeed', 'Fail'].includes(get(state.value, 'Type')?.text ?? '') || get(state.value, 'End')?.text === 'true';

/** What came before it, else where the machine begins. */
function previous(machine: Value, state: Member, gone: Member[]): string | null {
  const before = references(machine).find((each) =>
    each.member.value.text === state.key && each.state && !gone.includes(each.state));
  return before?.state?.key ?? statesIn(machine).find((each) => !gone.includes(each))?.key ?? null;
}

/** What comes after a state: of several, the first from which the machine can end without it. */
function successor({ machine, state }: Found): string | undefined {
  const ways = waysOf(machine);
  ways.delete(state.key);
  const last = new Set(statesIn(machine).filter(isEnd).map((each) => each.key));
  const ends = (name: string): boolean => [...reached(ways, name)].some((each) => last.has(each));
  const there = referencesOf(state).filter((each) => each.why !== 'catch' && ways.has(each.member.value.text));
  const names = there
    .toSorted((a, b) => Number(b.why === 'default') - Number(a.why === 'default'))
    .map((each) => each.member.value.text);
  return names.find(ends) ?? names[0];
}

/** Leads what went to a state that is gone on to another; with none, ends it there. */
function led(of: Definition, holder: Member, gone: string, to: string | undefined): ChangeSpec[] {
  const own = referencesOf(holder);
  const leading = own.filter((each) => each.member.value.text === gone);
  if (to !== undefined) return leading.map((each) => of.writing.value(each.member, to));
  const other = own.find((each) => each.why !== 'catch' && each.member.value.text !== gone)?.member.value.text;
  const rules = leading.filter((each) => each.why === 'choice');
  const changes = leading.some((each) => each.why === 'next') ? goOn(of, holder, undefined) : [];
  const left = own.filter((each) => each.why === 'choice').length - rules.length;
  const fallback = leading.find((each) => each.why === 'default');
  if ((rules.length > 0 || fallback) && left === 0) {
    // A Choice has one rule at least, which leads somewhere.
    if (other === undefined) {
      throw new Refused(`“${holder.key}” leads nowhere else. Delete it, or lead it elsewhere first.`);
    }
    changes.push(...leading.filter((each) => each.why !== 'catch').map((each) => of.writing.value(each.member, other)));
  } else {
    changes.push(...withoutItems(of, holder.value, 'Choices', rules));
    if (fallback) changes.push(...of.writing.without(holder.value, [fallback.member]));
  }
  return [...changes, ...withoutItems(of, holder.value, 'Catch', leading.filter((each) => each.why === 'catch'))];
}

function withoutItems(of: Definition, state: Value, key: string, gone: Reference[]): ChangeSpec[] {
  const list = memberOf(state, key);
  if (!list || gone.length === 0) return [];
  const items = list.value.members.filter((item) => gone.some((each) => each.holder === item.value));
  return items.length === list.value.members.length
    ? of.writing.without(state, [list])
    : of.writing.without(list.value, items);
}

/** The only state of a branch takes the branch along where there are others; else it leaves its machine empty. */
function removeOnly(of: Definition, { machine, state }: Found): Edit {
  const outer = of.states.find((each) => machinesIn(each.state).includes(machine));
  const branches = outer && get(outer.state, 'Branches');
  const said = `Deleted ${state.key}`;
  if (branches && branches.members.length > 1) {
    const branch = branches.members.find((each) => each.value === machine)!;
    return edit(of, of.writing.without(branches, [branch]), [state], outer.name, `${said} and its branch`, []);
  }
  const [start, states] = [memberOf(machine, 'StartAt'), memberOf(machine, 'States')!];
  const changes = start ? [of.writing.value(start, '')] : [];
  return edit(of, [...changes, of.writing.set(machine, states, {})], [state], outer?.name ?? null, said, []);
}

/** Gives a state another name, wherever it is named. */
export function rename(of: Definition, id: string, wanted: string): Edit {
  const { machine, state } = of.find(id);
  const name = wanted.trim();
  if (name === '') throw new Refused('A state needs a name.');
  if ([...name].length > 80) throw new Refused('A name has 80 characters at most.');
  if (name !== state.key && of.names.includes(name)) throw new Refused(`There is a state of the name “${name}” already.`);
  const changes = references(machine)
    .filter((each) => each.member.value.text === state.key)
    .map((each) => of.writing.value(each.member, name));
  const names = of.names.map((each) => (each === state.key ? name : each));
  return { changes: [of.writing.key(state, name), ...changes], names, select: name, said: `Renamed to ${name}` };
}

/** Lets a way lead to another state of the same machine, or to the end. */
export function lead(of: Definition, way: Way, to: string | null): Edit {
  const target = to === null ? undefined : of.find(to);
  const holder = way.from === null ? undefined : of.find(way.from);
  const machine = holder?.machine ?? of.root;
  if (target && target.machine !== machine) {
    throw new Refused('A state leads to states beside it only, not into or out of a branch.');
  }
  const name = target?.state.key;
  const said = `${holder?.state.key ?? 'The start'} now leads to ${name ?? 'the end'}`;
  const select = holder?.state.key ?? name ?? null;
  if (holder && (way.why === 'next' || way.why === 'end')) {
    return edit(of, goOn(of, holder.state, name), [], select, said, []);
  }
  if (name === undefined) throw new Refused('Only the way to the next state can end. Let this one lead to a Succeed.');
  const start = memberOf(machine, 'StartAt');
  const member = holder ? referenceOf(holder.state, way).member : start;
  const change = member ? of.writing.value(member, name) : of.writing.member(machine, 'StartAt', name);
  return edit(of, [change], [], select, said, []);
}

/** The same state once more, behind it. */
export function duplicate(of: Definition, id: string): Edit {
  const { machine, state } = of.find(id);
  const type = get(state.value, 'Type')?.text ?? '';
  if (['Choice', 'Succeed', 'Fail'].includes(type)) {
    throw new Refused(`A ${type} has nothing behind it, where its copy could be. Copy its text instead.`);
  }
  const states = get(machine, 'States')!;
  const { from, text } = of.writing.source(states, state);
  const name = of.fresh(state.key);
  const made = [name];
  const replaced = [{ member: state, at: of.writing.key(state, name) }];
  for (const inside of machinesIn(state.value).flatMap(deep)) {
    for (const each of statesIn(inside)) {
      const other = of.fresh(each.key);
      made.push(other);
      replaced.push({ member: each, at: of.writing.key(each, other) });
      for (const reference of references(inside).filter((one) => one.member.value.text === each.key)) {
        replaced.push({ member: reference.member, at: of.writing.value(reference.member, other) });
      }
    }
  }
  const written = replaced
    .map(({ at }) => at as { from: number; to: number; insert: string })
    .toSorted((a, b) => b.from - a.from)
    .reduce((now, at) => now.slice(0, at.from - from) + at.insert + now.slice(at.to - from), text);
  const changes = [...goOn(of, state, name), of.writing.copied(states, state, written)];
  return edit(of, changes, [], name, `Duplicated as ${name}`, made);
}

/** A machine and those inside of its states. */
function deep(machine: Value): Value[] {
  return [machine, ...statesIn(machine).flatMap((each) => machinesIn(each.value).flatMap(deep))];
}

function edit(
  of: Definition, changes: ChangeSpec[], gone: Member[], select: string | null, said: string, added: string[],
): Edit {
  const lost = new Set(gone.flatMap((each) => [each.key, ...machinesIn(each.value).flatMap(deep).flatMap(statesIn).map((one) => one.key)]));
  return { changes, names: [...of.names.filter((each) => !lost.has(each)), ...added], select, said };
}
