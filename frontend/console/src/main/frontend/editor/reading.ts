import type { Mode } from './languages';
import type { Value } from './outline';
import { isPlain, Verbatim, type Json } from './writing';

/** What is written in a way that only people read. */
export class Unread extends Verbatim {}

/** What a value of a text says. */
export function jsonOf(text: string, mode: Mode, value: Value): Json {
  switch (value.kind) {
    case 'missing':
      return mode === 'yaml' ? null : new Unread('');
    case 'scalar':
      return scalar(text, mode, value);
    default:
      return flows(text, mode, value) ? container(text, mode, value) : new Unread(text.slice(value.from, value.to));
  }
}

function container(text: string, mode: Mode, value: Value): Json {
  const parts = value.members.map(({ key, value: each }) => [key, jsonOf(text, mode, each)] as const);
  return value.kind === 'array' ? parts.map(([, each]) => each) : Object.fromEntries(parts);
}

/** Whether brackets in YAML were read right: between what is in them stands a comma, and nothing else. */
function flows(text: string, mode: Mode, value: Value): boolean {
  if (mode !== 'yaml' || !/[{[]/.test(text[value.from] ?? '')) return true;
  return value.members.every((each, at) => {
    const next = value.members[at + 1];
    const gap = next === undefined || text.slice(Math.max(each.keyTo, each.value.to), next.keyFrom).trim() === ',';
    return gap && (each.value.quoted || !/['#&*!|>]/.test(each.value.text));
  });
}

const NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;

function scalar(text: string, mode: Mode, value: Value): Json {
  const written = text.slice(value.from, value.to);
  if (value.quoted) return written.includes('\n') ? new Unread(written) : value.text;
  if (NUMBER.test(value.text)) return new Verbatim(value.text);
  if (mode !== 'yaml') {
    const words: Record<string, Json> = { true: true, false: false, null: null };
    return words[value.text] ?? (value.text === 'null' ? null : new Unread(written));
  }
  if (/^\|[-+]?\s*(\n|$)/.test(written)) return lines(text, value.from);
  if (/^[|>&*!%@`]/.test(written)) return new Unread(written);
  if (/^(|~|null)$/i.test(written)) return null;
  if (/^(true|false)$/i.test(written)) return written.toLowerCase() === 'true';
  if (/\n\s*\n/.test(written)) return new Unread(written);
  return written.replace(/\s*\n\s*/g, ' ');
}

/** The lines of a block that says them as they are. */
function lines(text: string, from: number): Json {
  const all = text.slice(from).split('\n');
  const outer = /^ */.exec(text.slice(text.lastIndexOf('\n', from) + 1))![0].length;
  const indent = /^ */.exec(all[1] ?? '')![0].length;
  const found: string[] = [];
  for (const line of all.slice(1)) {
    const depth = /^ */.exec(line)![0].length;
    if (line.trim() !== '' && depth < indent) break;
    found.push(line.slice(indent));
  }
  if (indent <= outer) return new Unread(all[0]!);
  const said = found.join('\n').replace(/\n+$/, '');
  const sign = all[0]!.trim()[1];
  return sign === '+' ? new Unread(all[0]!) : sign === '-' ? said : `${said}\n`;
}

/** JSON for people to read and change. */
export function jsonText(value: Json, indent = ''): string {
  if (value instanceof Verbatim) return value.text;
  if (isPlain(value)) return JSON.stringify(value);
  const inner = `${indent}  `;
  const list = Array.isArray(value);
  const parts = list
    ? value.map((each) => jsonText(each, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${jsonText(each, inner)}`);
  const [open, close] = list ? '[]' : '{}';
  if (parts.length === 0) return open! + close!;
  if (list && value.every(isPlain)) return `[${parts.join(', ')}]`;
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
}

/** Whether everything of it was read. */
export function isRead(value: Json): boolean {
  if (isPlain(value)) return !(value instanceof Unread);
  return Object.values(value).every(isRead);
}

/** Whether both say the same; the order of an object's members says nothing. */
export function same(one: Json | undefined, two: Json | undefined): boolean {
  if (one === undefined || two === undefined) return one === two;
  if (isPlain(one) || isPlain(two)) {
    if (!isPlain(one) || !isPlain(two)) return false;
    const text = (each: Json): string => (each instanceof Verbatim ? each.text : JSON.stringify(each));
    return one instanceof Unread === two instanceof Unread && text(one) === text(two);
  }
  if (Array.isArray(one) !== Array.isArray(two)) return false;
  const [mine, its] = [Object.entries(one), Object.entries(two)];
  return mine.length === its.length
    && mine.every(([key, each]) => Object.hasOwn(two, key) && same(each, (two as Record<string, Json>)[key]));
}
