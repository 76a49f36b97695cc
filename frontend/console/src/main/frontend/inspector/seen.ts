import type { Sheet } from '../editor/inspecting';
import { get, type Member, type Value } from '../editor/outline';
import type { Path } from '../editor/patch';
import { languageAt, statesOf } from '../editor/places';
import { isRead, jsonOf } from '../editor/reading';
import { statesIn } from '../editor/references';
import { isPlain, type Json } from '../editor/writing';

/** A state, or the machine, as it is written. */
export class Seen {
  readonly type: string;
  readonly language: 'JSONata' | 'JSONPath';
  readonly isMachine: boolean;

  /** @param id of the state in the graph; null for the machine */
  constructor(readonly sheet: Sheet, readonly id: string | null, readonly holder: Value) {
    this.isMachine = id === null;
    this.type = this.isMachine ? '' : (get(holder, 'Type')?.text ?? '');
    this.language = languageAt(sheet.root, holder);
  }

  get members(): Member[] {
    return this.holder.kind === 'object' ? this.holder.members : [];
  }

  /** What is there; undefined where nothing is. */
  at(path: Path): Value | undefined {
    let found: Value | undefined = this.holder;
    for (const step of path) {
      found = typeof step === 'number'
        ? (found?.kind === 'array' ? found.members[step]?.value : undefined)
        : get(found, step);
    }
    return found;
  }

  /** What that says; undefined where there is nothing. */
  json(path: Path): Json | undefined {
    const value = this.at(path);
    return value && jsonOf(this.sheet.text, this.sheet.mode, value);
  }

  /** Whether there is something that can be changed by itself. */
  isRead(path: Path): boolean {
    const json = this.json(path);
    return json === undefined || isRead(json);
  }

  /** The names of a list's objects; undefined where it is no list of such. */
  items(key: string): { keys: string[] }[] | undefined {
    const list = this.at([key]);
    if (list === undefined) return [];
    if (list.kind !== 'array') return list.kind === 'missing' ? [] : undefined;
    const items = list.members.map((each) => each.value);
    return items.every((each) => each.kind === 'object')
      ? items.map((each) => ({ keys: each.members.map((one) => one.key) })) : undefined;
  }

  /** Where a state can lead: the states beside it. */
  get beside(): string[] {
    const own = statesOf(this.sheet.root).find((each) => each.state === this.holder);
    return own ? statesIn(own.machine).map((each) => each.key).filter((name) => name !== own.name) : [];
  }

  /** Whether the language takes this field in such a state, as far as is known. */
  takes(key: string): boolean {
    return this.sheet.known?.fields[this.type]?.[this.language]?.includes(key) ?? false;
  }
}

/** A text of an object's member; empty where it is none. */
export function word(json: Json | undefined, key: string): string {
  const value = json === undefined || isPlain(json) || Array.isArray(json) ? undefined : json[key];
  return typeof value === 'string' ? value : '';
}
