import type { ChangeSpec } from '@codemirror/state';
import { Refused } from './definition';
import type { Mode } from './languages';
import type { Member, Value } from './outline';
import { isRead, jsonOf, same, Unread } from './reading';
import { memberOf } from './references';
import { isPlain, type Json, type Writing } from './writing';

/** From a value to one inside of it. */
export type Path = readonly (string | number)[];

/** One change of what a state or a machine says. */
export type Patch =
  /** Nothing takes the member, or the item, away. */
  | { do: 'set'; at: Path; to: Json | undefined }
  /** A member gives its place to one of another name. */
  | { do: 'instead'; at: Path; key: string; to: Json }
  /** One more item of a list, which need not be there yet. */
  | { do: 'add'; at: Path; item: Json }
  /** An item of a list and the one behind it change places. */
  | { do: 'swap'; at: Path; first: number };

/** The order in which people write a state; what is added stands where it belongs. */
const ORDER = [
  'Type', 'Comment', 'QueryLanguage', 'Resource', 'Condition', 'Variable', 'ErrorEquals', 'InputPath', 'ItemsPath', 'Items',
  'ItemReader', 'ItemSelector', 'ItemBatcher', 'Arguments', 'Parameters', 'Seconds', 'SecondsPath', 'Timestamp',
  'TimestampPath', 'Error', 'ErrorPath', 'Cause', 'CausePath', 'Result', 'ResultSelector', 'ResultPath', 'Output', 'OutputPath',
  'Assign', 'TimeoutSeconds', 'TimeoutSecondsPath', 'HeartbeatSeconds', 'HeartbeatSecondsPath', 'MaxConcurrency',
  'MaxConcurrencyPath', 'ToleratedFailureCount', 'ToleratedFailureCountPath', 'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath', 'Mode', 'ExecutionType', 'IntervalSeconds', 'MaxAttempts', 'BackoffRate', 'MaxDelaySeconds',
  'JitterStrategy', 'Choices', 'Branches', 'ItemProcessor', 'Iterator', 'Retry', 'Catch',
];

/** Where a state leads, and the states of a machine, stand behind all else. */
const LAST = ['Next', 'End', 'Default', 'StartAt', 'States'];

const rank = (key: string): number => (LAST.includes(key) ? ORDER.length : ORDER.indexOf(key));

/** What is written, to be changed in one place. */
export class Patching {
  constructor(
    private readonly text: string,
    private readonly mode: Mode,
    private readonly writing: Writing,
  ) {}

  /** The changes of the text that make it say that; none where it says it already. */
  changes(holder: Value, patch: Patch): ChangeSpec[] {
    switch (patch.do) {
      case 'set':
        return this.set(holder, patch.at, patch.to);
      case 'instead': {
        const { member } = this.parent(holder, patch.at);
        if (!member || !isPlain(patch.to)) throw asText();
        return [this.writing.instead(member, patch.key, patch.to)];
      }
      case 'add': {
        const { member } = this.parent(holder, patch.at);
        const list = member?.value;
        return list?.kind === 'array' && list.members.length > 0
          ? [this.writing.item(list, patch.item)]
          : this.set(holder, patch.at, [patch.item]);
      }
      case 'swap': {
        const { member } = this.parent(holder, patch.at);
        if (!member?.value.members[patch.first + 1]) throw asText();
        return this.writing.swapped(member.value, patch.first);
      }
    }
  }

  private set(holder: Value, at: Path, to: Json | undefined): ChangeSpec[] {
    const { container, member } = this.parent(holder, at);
    if (to === undefined) return member ? this.away(holder, at) : [];
    if (member) {
      try {
        return this.change(container, member, to);
      } catch (problem) {
        if (!(problem instanceof Whole)) throw problem;
        const list = at.slice(0, -1);
        return this.set(holder, list, put(jsonOf(this.text, this.mode, container), at.slice(-1), () => to));
      }
    }
    if (container) return [this.add(container, String(at.at(-1)), to)];
    return this.set(holder, at.slice(0, -1), { [String(at.at(-1))]: to });
  }

  /** The member at the end of a path, and what it is in; what is not there is left out. */
  private parent(holder: Value, at: Path): { container: Value; member?: Member } | { container?: undefined; member?: undefined } {
    let container = holder;
    for (const [i, step] of at.entries()) {
      const member = typeof step === 'number' ? container.members[step] : memberOf(container, step);
      if (i === at.length - 1) return { container, member };
      if (!member) return {};
      if (member.value.members.length === 0) {
        if (member.value.kind === 'object' && i === at.length - 2) return { container: member.value };
        throw asText();
      }
      container = member.value;
    }
    return {};
  }

  /** Takes it away; what holds nothing else goes with it. */
  private away(holder: Value, at: Path): ChangeSpec[] {
    const { container, member } = this.parent(holder, at);
    if (!container || !member) return [];
    if (container.members.length === 1 && at.length > 1) return this.away(holder, at.slice(0, -1));
    return this.writing.without(container, [member]);
  }

  private add(container: Value, key: string, to: Json): ChangeSpec {
    if (container.kind !== 'object') throw asText();
    const [first] = container.members;
    if (!first) {
      return this.writing.member(container, key, to);
    }
    const before = container.members.filter((each) => rank(each.key) < rank(key)).at(-1);
    return before
      ? this.writing.entries(container, { behind: before }, { [key]: to })
      : this.writing.entries(container, { before: first }, { [key]: to });
  }

  /** Says it with as little of another text as can be: what is the same in both stays as it is written. */
  private change(container: Value, member: Member, to: Json): ChangeSpec[] {
    const was = jsonOf(this.text, this.mode, member.value);
    if (same(was, to)) return [];
    if (was instanceof Unread && was.text !== '') throw asText();
    const fine = this.within(member.value, was, to);
    if (fine) return fine;
    const inLine = !this.text.slice(member.value.from, member.value.to).includes('\n');
    const prose = this.mode === 'yaml' && typeof to === 'string' && to.includes('\n');
    if (isPlain(was) && isPlain(to) && inLine && !prose && !/^[|>]/.test(this.text.slice(member.value.from))) {
      return [this.writing.plain(member, to)];
    }
    if (container.kind === 'array' && this.mode === 'yaml') throw new Whole();
    return [this.writing.set(container, member, to)];
  }

  /** Changes within an object or a list; undefined where it is to be written anew as a whole. */
  private within(value: Value, was: Json, to: Json): ChangeSpec[] | undefined {
    if (isPlain(was) || isPlain(to) || Array.isArray(was) !== Array.isArray(to) || !isRead(was)) return undefined;
    try {
      return Array.isArray(was) ? this.items(value, was, to as Json[]) : this.members(value, to as Record<string, Json>);
    } catch (problem) {
      if (problem instanceof Whole) return undefined;
      throw problem;
    }
  }

  private items(value: Value, was: Json[], to: Json[]): ChangeSpec[] | undefined {
    if (was.length !== to.length) return undefined;
    return value.members.flatMap((each, at) => this.change(value, each, to[at]!));
  }

  private members(value: Value, to: Record<string, Json>): ChangeSpec[] | undefined {
    const stays = value.members.filter((each) => Object.hasOwn(to, each.key));
    if (stays.length === 0 || new Set(value.members.map((each) => each.key)).size < value.members.length) return undefined;
    const changes = stays.flatMap((each) => this.change(value, each, to[each.key]!));
    changes.push(...this.writing.without(value, value.members.filter((each) => !stays.includes(each))));
    // What is new stands where it was written.
    let before: Member | undefined;
    let fresh: Record<string, Json> = {};
    const add = (): void => {
      if (Object.keys(fresh).length === 0) return;
      changes.push(this.writing.entries(value, before ? { behind: before } : { before: stays[0]! }, fresh));
      fresh = {};
    };
    for (const [key, each] of Object.entries(to)) {
      const there = stays.find((one) => one.key === key);
      if (!there) {
        fresh[key] = each;
        continue;
      }
      add();
      before = there;
    }
    add();
    return changes;
  }
}

/** Something inside cannot be changed by itself. */
class Whole extends Error {}

const asText = (): Refused => new Refused('This is written in a way that can only be changed as text.');

/** What a text says when that is done to it. */
export function patched(json: Json, patch: Patch): Json | undefined {
  switch (patch.do) {
    case 'set':
      return put(json, patch.at, () => patch.to);
    case 'instead':
      return put(put(json, patch.at, () => undefined) ?? {}, [...patch.at.slice(0, -1), patch.key], () => patch.to);
    case 'add':
      return put(json, patch.at, (list) => [...(Array.isArray(list) ? list : []), patch.item]);
    case 'swap':
      return put(json, patch.at, (list) => {
        const items = [...(list as Json[])];
        items.splice(patch.first, 2, items[patch.first + 1]!, items[patch.first]!);
        return items;
      });
  }
}

/** Nothing in the place of a member or an item takes it away, and what holds nothing else with it. */
export function put(json: Json | undefined, at: Path, make: (was: Json | undefined) => Json | undefined): Json | undefined {
  const [step, ...rest] = at;
  if (step === undefined) return make(json);
  if (typeof step === 'number') {
    const items = Array.isArray(json) ? json : [];
    const found = items.flatMap((each, i) => (i === step ? (put(each, rest, make) ?? []) : [each]) as Json[]);
    return found.length === 0 ? undefined : found;
  }
  const members = json === undefined || isPlain(json) || Array.isArray(json) ? {} : json;
  const value = put(members[step], rest, make);
  const others = Object.entries(members).filter(([key]) => key !== step);
  if (value === undefined) return others.length === 0 ? undefined : Object.fromEntries(others);
  return Object.fromEntries([...others, [step, value]]);
}

