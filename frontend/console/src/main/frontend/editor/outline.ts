/**
 * The structure of a text that may be half written: what a parser that stops at the first fault
 * cannot give. Reads in one pass, never throws, and takes any text.
 */

/** A value of the text. `to` is exclusive; a value that is not written yet is empty. */
export interface Value {
  kind: 'object' | 'array' | 'scalar' | 'missing';
  from: number;
  to: number;
  /** What a scalar says; `''` for the others. */
  text: string;
  /** Whether a scalar is written in quotes. */
  quoted: boolean;
  /** An object's members or an array's items (those have no key), in the text's order. */
  members: Member[];
}

export interface Member {
  key: string;
  keyFrom: number;
  keyTo: number;
  value: Value;
}

export const MISSING = (at: number): Value => ({
  kind: 'missing', from: at, to: at, text: '', quoted: false, members: [],
});

/** Deeper levels are read as missing values. */
const DEEPEST = 200;

/** Reads JSON: whatever is missing (a comma, a colon, a value, a closing bracket) is borne with. */
export function outlineJson(text: string): Value {
  return value(text, { i: 0, objects: 0, arrays: 0 }, 0);
}

/** Where the reading is, and what is open there. */
interface At {
  i: number;
  objects: number;
  arrays: number;
}

function space(text: string, at: { i: number }): void {
  while (at.i < text.length && /[\s,]/.test(text[at.i]!)) at.i++;
}

function value(text: string, at: At, depth: number): Value {
  space(text, at);
  const from = at.i;
  const c = text[from];
  if (c === undefined || c === '}' || c === ']' || c === ':') return MISSING(from);
  if (depth > DEEPEST) {
    at.i = text.length;
    return MISSING(from);
  }
  if (c === '{') return container('object', text, at, depth);
  if (c === '[') return container('array', text, at, depth);
  return scalar(text, at);
}

function scalar(text: string, at: { i: number }): Value {
  const from = at.i;
  const quoted = text[from] === '"';
  const written = quoted ? string(text, at) : word(text, at);
  return { kind: 'scalar', from, to: at.i, text: written, quoted, members: [] };
}

/** A string; one that is not closed ends with its line. */
function string(text: string, at: { i: number }): string {
  const from = at.i++;
  while (at.i < text.length && text[at.i] !== '"' && text[at.i] !== '\n') {
    at.i += text[at.i] === '\\' ? 2 : 1;
  }
  at.i = Math.min(at.i, text.length);
  const closed = text[at.i] === '"';
  const raw = (closed ? text.slice(from, at.i) : text.slice(from, at.i).replace(/[\s,]+$/, '')) + '"';
  if (closed) at.i++;
  if (!raw.includes('\\')) return raw.slice(1, -1);
  try {
    return JSON.parse(raw) as string;
  } catch {
    return raw.slice(1, -1);
  }
}

function word(text: string, at: { i: number }): string {
  const from = at.i;
  while (at.i < text.length && !/[\s,:{}[\]"]/.test(text[at.i]!)) at.i++;
  const read = text.slice(from, at.i);
  // A string that lacks its first quote only.
  if (text[at.i] === '"' && /^"\s*[:,}\]\n]/.test(text.slice(at.i, at.i + 20))) at.i++;
  return read;
}

function container(kind: 'object' | 'array', text: string, at: At, depth: number): Value {
  const found: Value = { kind, from: at.i++, to: 0, text: '', quoted: false, members: [] };
  const [close, opened] = kind === 'object' ? ['}', 'objects' as const] : [']', 'arrays' as const];
  at[opened]++;
  for (;;) {
    space(text, at);
    const c = text[at.i];
    if (c === undefined) break;
    if (c === close) {
      at.i++;
      break;
    }
    if (c === '}' || c === ']') {
      // The other bracket: this container was left open, and its parent's end is here. Where there is
      // no such parent, it is one too many.
      if ((c === '}' ? at.objects : at.arrays) > 0) break;
      at.i++;
      continue;
    }
    if (c === ':') {
      at.i++;
      continue;
    }
    found.members.push(kind === 'object' ? member(text, at, depth) : item(text, at, depth));
  }
  at[opened]--;
  found.to = at.i;
  return found;
}

function item(text: string, at: At, depth: number): Member {
  const found = value(text, at, depth + 1);
  return { key: '', keyFrom: found.from, keyTo: found.from, value: found };
}

function member(text: string, at: At, depth: number): Member {
  const c = text[at.i];
  if (c === '{' || c === '[') return item(text, at, depth);
  const key = scalar(text, at);
  const after = at.i;
  while (at.i < text.length && /\s/.test(text[at.i]!)) at.i++;
  const open = text[at.i] === '{' || text[at.i] === '[';
  if (text[at.i] !== ':' && !open) {
    at.i = after;
    return { key: key.text, keyFrom: key.from, keyTo: key.to, value: MISSING(after) };
  }
  if (!open) at.i++; // a container behind a name is its value, also where the colon is missing
  const beforeValue = at.i;
  while (at.i < text.length && /\s/.test(text[at.i]!)) at.i++;
  const next = text[at.i];
  if (next === undefined || next === ',' || next === '}' || next === ']' || isKey(text, at.i)) {
    at.i = next === undefined ? text.length : beforeValue;
    return { key: key.text, keyFrom: key.from, keyTo: key.to, value: MISSING(beforeValue) };
  }
  return { key: key.text, keyFrom: key.from, keyTo: key.to, value: value(text, at, depth + 1) };
}

/** Whether a string with a colon behind it is here: then the value before it is not written yet. */
function isKey(text: string, from: number): boolean {
  if (text[from] !== '"') return false;
  const at = { i: from };
  string(text, at);
  while (at.i < text.length && /[ \t]/.test(text[at.i]!)) at.i++;
  return text[at.i] === ':';
}

/** The member of that name. */
export function get(of: Value | undefined, key: string): Value | undefined {
  return of?.kind === 'object' ? of.members.find((m) => m.key === key)?.value : undefined;
}
