import { outlineJson } from '../editor/outline';
import type { Patch, Path } from '../editor/patch';
import { jsonOf, jsonText } from '../editor/reading';
import { isPlain, Verbatim, type Json } from '../editor/writing';
import type { Seen } from './seen';

export type Kind =
  /** A text in one line, or in several. */
  | 'text' | 'prose'
  | 'number' | 'json'
  /** A path, or null. */
  | 'path'
  /** JSONata that is true or false. */
  | 'condition'
  /** A rule of a Choice without what it leads to. */
  | 'comparison'
  /** Names of errors, one a line. */
  | 'errors'
  | 'resource' | 'state' | 'options';

/** A field of a form, and the member that it shows. */
export interface Field {
  at: Path;
  kind: Kind;
  label: string;
  /** The member that it is in its place where a path is written. */
  path?: string;
  /** Of these and it there is one at most. */
  rivals?: string[];
  options?: string[];
  hint?: string;
  /** It cannot be emptied. */
  needed?: boolean;
  readOnly?: boolean;
  /** What it says whatever is written. */
  fixed?: string;
  /** What is done for a choice, where it is more than to write it. */
  make?: (chosen: string) => Patch;
}

/** What stands in a rule of a Choice besides its comparison. */
export const BESIDE_COMPARISON = ['Next', 'Assign', 'Output', 'Comment'];

const EXPRESSION = /^\{%[\s\S]*%\}$/;
const PATH = /^(\$$|\$[.[$]|States\.\w+\()/;
const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

const last = (at: Path): string => String(at.at(-1));
const beside = (at: Path, key: string): Path => [...at.slice(0, -1), key];

/** Where what the field shows is written: its own member, or the one with a path. */
export function placeOf(field: Field, seen: Seen): Path {
  const byPath = field.path === undefined ? undefined : beside(field.at, field.path);
  return byPath && seen.at(field.at) === undefined && seen.at(byPath) !== undefined ? byPath : field.at;
}

/** What the field shows. */
export function shownIn(field: Field, seen: Seen): string {
  if (field.fixed !== undefined) return field.fixed;
  const json = seen.json(placeOf(field, seen));
  if (json === undefined) return '';
  switch (field.kind) {
    case 'comparison':
      return jsonText(comparison(json));
    case 'errors':
      return Array.isArray(json) && json.every((each) => typeof each === 'string') ? json.join('\n') : jsonText(json);
    case 'json':
      return typeof json === 'string' && seen.language === 'JSONata' && json.trim().startsWith('{%') ? json : jsonText(json);
    default:
      return typeof json === 'string' ? json : jsonText(json);
  }
}

/** Whether it can be changed in a field. */
export function isEditable(field: Field, seen: Seen): boolean {
  const json = seen.json(placeOf(field, seen));
  if (json === undefined || field.kind === 'json') return seen.isRead(placeOf(field, seen));
  if (field.kind === 'comparison') return seen.isRead(field.at);
  if (field.kind === 'errors') return Array.isArray(json) && json.every((each) => typeof each === 'string');
  return isPlain(json) && seen.isRead(placeOf(field, seen));
}

const comparison = (rule: Json): Json =>
  isPlain(rule) || Array.isArray(rule) ? rule
    : Object.fromEntries(Object.entries(rule).filter(([key]) => !BESIDE_COMPARISON.includes(key)));

/** What was typed, as a change of the text; none where it is the same, a sentence where it cannot be. */
export function patchOf(field: Field, typed: string, seen: Seen): Patch | string | undefined {
  if (field.make) return field.make(typed);
  const read = valueOf(field, typed, seen);
  if (read instanceof Fault) return read.message;
  if (read === undefined && field.needed) return `${field.label} is needed.`;
  const { at } = field;
  if (field.kind === 'comparison') {
    const rule = seen.json(at) as Record<string, Json>;
    const rest = Object.entries(rule).filter(([key]) => BESIDE_COMPARISON.includes(key));
    return { do: 'set', at, to: { ...(read as Record<string, Json>), ...Object.fromEntries(rest) } };
  }
  const now = placeOf(field, seen);
  if (read === undefined) return seen.at(now) === undefined ? undefined : { do: 'set', at: now, to: undefined };
  const key = field.path !== undefined && typeof read === 'string' && isPath(field, read, seen) ? field.path : last(at);
  const all = [last(at), field.path ?? '', ...(field.rivals ?? [])];
  const there = all.find((each) => each !== '' && seen.at(beside(at, each)) !== undefined);
  if (there === undefined || there === key) return { do: 'set', at: beside(at, key), to: read };
  return { do: 'instead', at: beside(at, there), key, to: read };
}

const isPath = (field: Field, typed: string, seen: Seen): boolean =>
  field.path !== undefined && seen.language === 'JSONPath' && PATH.test(typed);

class Fault {
  constructor(readonly message: string) {}
}

function valueOf(field: Field, typed: string, seen: Seen): Json | undefined | Fault {
  const text = typed.trim();
  if (text === '') return undefined;
  const jsonata = seen.language === 'JSONata';
  switch (field.kind) {
    case 'number':
      if (NUMBER.test(text)) return new Verbatim(text);
      if (jsonata && EXPRESSION.test(text) || isPath(field, text, seen)) return text;
      return new Fault(jsonata ? 'A number, or an expression in {% %}.'
        : field.path ? 'A number, or a path that begins with $.' : 'A number.');
    case 'json':
      if (jsonata && text.startsWith('{%')) {
        return EXPRESSION.test(text) ? text : new Fault('The expression is not closed: it ends with %}.');
      }
      return json(text);
    case 'comparison': {
      const read = json(text);
      if (read instanceof Fault) return read;
      if (isPlain(read) || Array.isArray(read)) return new Fault('A comparison is an object: { "Variable": "$.…", … }.');
      const taken = BESIDE_COMPARISON.find((key) => Object.hasOwn(read, key));
      return taken ? new Fault(`${taken} has a field of its own.`) : read;
    }
    case 'errors':
      return [...new Set(text.split('\n').map((each) => each.trim()).filter((each) => each !== ''))];
    case 'path':
      return text === 'null' ? null : text;
    case 'condition':
      return EXPRESSION.test(text) ? text : new Fault('A condition is JSONata in {% %}.');
    case 'prose':
      return typed.trimEnd();
    default:
      return text;
  }
}

function json(text: string): Json | Fault {
  try {
    JSON.parse(text);
  } catch (problem) {
    return new Fault(`Not JSON yet${where(text, String(problem))}. The text keeps what it had.`);
  }
  const root = outlineJson(text);
  const twice = repeated(root);
  return twice === undefined ? jsonOf(text, 'json', root) : new Fault(`“${twice}” is there twice.`);
}

function repeated(value: ReturnType<typeof outlineJson>): string | undefined {
  const keys = value.kind === 'object' ? value.members.map((each) => each.key) : [];
  const twice = keys.find((key, at) => keys.indexOf(key) < at);
  if (twice !== undefined) return twice;
  for (const each of value.members) {
    const inside = repeated(each.value);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** Where the reader stopped, in words. */
function where(text: string, problem: string): string {
  const place = /line (\d+) column (\d+)/.exec(problem);
  if (place) return ` (line ${place[1]}, column ${place[2]})`;
  const position = /position (\d+)/.exec(problem);
  if (!position) return '';
  const before = text.slice(0, Number(position[1])).split('\n');
  return ` (line ${before.length}, column ${before.at(-1)!.length + 1})`;
}
