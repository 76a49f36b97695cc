import type { ChangeSpec } from '@codemirror/state';
import type { Mode } from './languages';
import type { Member, Value } from './outline';

/** What is to be written. */
export type Json = string | number | boolean | null | Verbatim | Json[] | { [key: string]: Json };

/** A number to its last digit, as it is written. */
export class Verbatim {
  constructor(readonly text: string) {}
}

export const isPlain = (value: Json): value is string | number | boolean | null | Verbatim =>
  typeof value !== 'object' || value === null || value instanceof Verbatim;

/** Where a member is written: beside one that is there. */
export type Beside = { behind: Member } | { before: Member };

/** Changes of a text that keep to the way it is written. */
export class Writing {
  /** One step of indentation. */
  private readonly unit: string;
  private readonly colon: string;
  private readonly comma: string;

  constructor(private readonly text: string, private readonly mode: Mode) {
    this.unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
    const compact = mode === 'json' && /^\s*\{"[^"\\]*":\S/.test(text);
    [this.colon, this.comma] = compact ? [':', ','] : [': ', ', '];
  }

  /** Another text in the place of a plain value, in the quotes it is written in. */
  value(member: Member, said: string): ChangeSpec {
    const { from, to } = member.value;
    const space = member.value.kind === 'missing' && !/\s/.test(this.text[from - 1] ?? '') ? ' ' : '';
    return { from, to, insert: space + this.like(from, said) };
  }

  /** Another plain value in the place of one that is written in one line; what stands behind it stays. */
  plain(member: Member, value: string | number | boolean | null | Verbatim): ChangeSpec {
    if (typeof value === 'string' && (this.mode !== 'yaml' || member.value.quoted)) return this.value(member, value);
    const { from, to } = member.value;
    const space = member.value.kind === 'missing' && !/\s/.test(this.text[from - 1] ?? '') ? ' ' : '';
    return { from, to, insert: space + this.scalar(value) };
  }

  /** One more item behind all others of a list that has some. */
  item(list: Value, value: Json): ChangeSpec {
    const last = list.members.at(-1)!;
    const from = this.end(last, list);
    if (this.isFlow(list)) {
      const indent = this.indent(last);
      const gap = indent === undefined ? this.comma.slice(1) : `\n${indent}`;
      return { from, insert: `,${gap}${this.flow(value, this.opens(list) ? indent : undefined)}` };
    }
    const dash = ' '.repeat(this.dash(last) + 2);
    return { from, insert: `\n${dash.slice(2)}- ${isBlock(value) ? this.block(value, dash) : this.flow(value, undefined)}` };
  }

  /** Two neighbours of a list, each in the other's place. */
  swapped(list: Value, first: number): ChangeSpec[] {
    const [one, two] = [list.members[first]!, list.members[first + 1]!].map((each) => (
      { from: each.value.from, to: this.end(each, list) }));
    return [
      { ...one!, insert: this.text.slice(two!.from, two!.to) },
      { ...two!, insert: this.text.slice(one!.from, one!.to) },
    ];
  }

  /** Another name of a member. */
  key(member: Member, said: string): ChangeSpec {
    const closed = this.text.slice(member.keyFrom, member.keyTo).trimEnd().length;
    return { from: member.keyFrom, to: member.keyFrom + closed, insert: this.like(member.keyFrom, said) };
  }

  /** One more member behind all others. */
  member(of: Value, key: string, value: Json): ChangeSpec {
    const last = of.members.at(-1);
    if (last) return this.entries(of, { behind: last }, { [key]: value });
    return { from: of.from + 1, insert: this.flow({ [key]: value }, undefined).slice(1, -1) };
  }

  /** Another member in the place of one with a plain value; what stands behind it in its line stays. */
  instead(member: Member, key: string, value: string | number | boolean | null | Verbatim): ChangeSpec {
    const block = this.mode === 'yaml' && !this.isQuoted(member.keyFrom);
    const to = Math.max(member.keyTo, member.value.to);
    const written = block ? `${this.word(key)}: ${this.scalar(value)}` : this.pair(key, value);
    return { from: member.keyFrom, to, insert: written };
  }

  /** Members beside one that is there. */
  entries(container: Value, place: Beside, entries: Record<string, Json>): ChangeSpec {
    const beside = 'behind' in place ? place.behind : place.before;
    const indent = this.indent(beside);
    const flow = this.isFlow(container);
    const lines = Object.entries(entries).map(([key, value]) =>
      flow ? this.pair(key, value, this.opens(container) ? indent : undefined) : this.block({ [key]: value }, indent ?? ''));
    const gap = indent === undefined ? this.comma.slice(1) : `\n${indent}`;
    const between = (flow ? ',' : '') + gap;
    if ('before' in place) return { from: beside.keyFrom, insert: lines.map((line) => line + between).join('') };
    return { from: this.end(beside, container), insert: lines.map((line) => between + line).join('') };
  }

  /** Any value in the place of a member's. */
  set(container: Value, member: Member, value: Json): ChangeSpec {
    const before = this.lineIndent(member.keyFrom);
    if (this.isFlow(container)) {
      const { from, to } = member.value;
      return { from, to, insert: this.flow(value, this.text.includes('\n') ? before : undefined) };
    }
    const indent = ' '.repeat(member.keyFrom - this.lineStart(member.keyFrom));
    const line = this.text.slice(member.keyFrom, this.lineEnd(member.keyFrom));
    const { from, to } = member.value;
    if (/ #/.test(line.slice(to - member.keyFrom)) && to <= member.keyFrom + line.length && from > member.keyTo) {
      return { from, to, insert: this.flow(value, undefined) }; // what is noted behind it stays behind it
    }
    return { from: member.keyTo + 1, to: this.end(member, container), insert: this.blockValue(value, indent) };
  }

  /** Takes members away, not all of them. */
  without(container: Value, gone: Member[]): ChangeSpec[] {
    const all = container.members;
    const changes: ChangeSpec[] = [];
    for (let at = 0; at < all.length; at++) {
      if (!gone.includes(all[at]!)) continue;
      const first = at;
      while (at + 1 < all.length && gone.includes(all[at + 1]!)) at++;
      changes.push(this.cut(container, first, at));
    }
    return changes;
  }

  private cut(container: Value, first: number, last: number): ChangeSpec {
    const all = container.members;
    const [from, before, next] = [all[first]!, all[first - 1], all[last + 1]];
    const end = this.end(all[last]!, container);
    if (before) return { from: this.end(before, container), to: end };
    return { from: from.keyFrom, to: next ? next.keyFrom : end };
  }

  /** As it is written, from its name on. */
  source(container: Value, member: Member): { from: number; text: string } {
    return { from: member.keyFrom, text: this.text.slice(member.keyFrom, this.end(member, container)) };
  }

  /** A member as it was written elsewhere, behind one that is there. */
  copied(container: Value, behind: Member, written: string): ChangeSpec {
    const indent = this.indent(behind);
    const gap = indent === undefined ? this.comma.slice(1) : `\n${indent}`;
    return { from: this.end(behind, container), insert: (this.isFlow(container) ? ',' : '') + gap + written };
  }

  /** A whole text. */
  whole(value: Record<string, Json>): string {
    return this.mode === 'yaml' ? `${this.block(value, '')}\n` : this.flow(value, '');
  }

  /** A plain value as it is to be written in the place of what begins there. */
  like(from: number, said: string): string {
    const quote = this.text[from];
    if (this.mode !== 'yaml' || quote === '"') return JSON.stringify(said);
    if (quote === "'" && /^[\x20-\x7e\u00a0-\ud7ff]*$/.test(said)) return `'${said.replaceAll("'", "''")}'`;
    return this.scalar(said);
  }

  /** Where a member's last letter is. A block of YAML goes on as long as its lines are further in. */
  private end(member: Member, container: Value): number {
    const written = Math.max(member.keyTo, member.value.to);
    if (this.isFlow(container)) return this.text.slice(0, written).trimEnd().length;
    const item = container.kind === 'array';
    const column = item ? this.dash(member) : member.keyFrom - this.lineStart(member.keyFrom);
    let end = this.lineEnd(member.keyFrom);
    for (let at = end; at < this.text.length; at = this.lineEnd(at + 1)) {
      const line = this.text.slice(at + 1, this.lineEnd(at + 1));
      if (line.trim() === '') continue;
      const indent = line.length - line.trimStart().length;
      if (indent <= column && line.trimStart().startsWith('#')) continue; // what is behind it decides
      const list = !item && indent === column && member.value.kind === 'array' && /^\s*-(\s|$)/.test(line);
      if (indent <= column && !list) break;
      end = at + 1 + line.trimEnd().length;
    }
    return end;
  }

  /** In which column the dash of an item is. */
  private dash(item: Member): number {
    const start = this.lineStart(item.keyFrom);
    const dash = this.text.slice(start, item.keyFrom).lastIndexOf('-');
    return dash < 0 ? item.keyFrom - start - 1 : dash;
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1;
  }

  private lineEnd(at: number): number {
    const end = this.text.indexOf('\n', at);
    return end < 0 ? this.text.length : end;
  }

  private lineIndent(at: number): string {
    return /^[ \t]*/.exec(this.text.slice(this.lineStart(at), at))![0];
  }

  /** Whether it is written with brackets and commas. */
  private isFlow(container: Value): boolean {
    return this.mode !== 'yaml' || this.text[container.from] === '{' || this.text[container.from] === '[';
  }

  /** Whether what is in the members of a container is written in lines of its own. */
  private opens(container: Value): boolean {
    return container.members.some((each) =>
      each.value.members.length > 0 && this.text.slice(each.value.from, each.value.members[0]!.keyFrom).includes('\n'))
      || (container.members.every((each) => each.value.members.length === 0) && this.text.includes('\n'));
  }

  /** What stands before a member in its line; undefined where that is not only space. */
  private indent(member: Member): string | undefined {
    const begin = this.lineStart(member.keyFrom);
    const before = this.text.slice(begin, member.keyFrom);
    if (before.trim() === '' && (begin > 0 || this.mode === 'yaml')) return before;
    return this.mode === 'yaml' && !this.isQuoted(member.keyFrom) && /^\s*(- +)+$/.test(before)
      ? before.replaceAll('-', ' ') : undefined;
  }

  private isQuoted(at: number): boolean {
    return this.text[at] === '"';
  }

  private pair(key: string, value: Json, indent?: string): string {
    return JSON.stringify(key) + this.colon + this.flow(value, indent);
  }

  /** With brackets; in lines of its own where there is an indentation. */
  private flow(value: Json, indent: string | undefined): string {
    if (isPlain(value)) return value instanceof Verbatim ? value.text : JSON.stringify(value);
    const list = Array.isArray(value);
    const plainList = list && value.every(isPlain);
    const inner = indent === undefined || plainList ? undefined : indent + this.unit;
    const parts = list
      ? value.map((each) => this.flow(each, inner))
      : Object.entries(value).map(([key, each]) => this.pair(key, each, inner));
    const [open, close] = list ? '[]' : '{}';
    if (parts.length === 0 || inner === undefined) return open + parts.join(this.comma) + close;
    return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  }

  /** As a block of YAML; its first line stands where it is put. */
  private block(value: Record<string, Json>, indent: string): string {
    return Object.entries(value)
      .map(([key, each]) => `${this.word(key)}:${this.blockValue(each, indent)}`)
      .join(`\n${indent}`);
  }

  private blockValue(value: Json, indent: string): string {
    const inner = indent + this.unit;
    if (typeof value === 'string' && isProse(value)) {
      const lines = value.replace(/\n$/, '').split('\n').map((line) => (line === '' ? '' : inner + line));
      return ` |${value.endsWith('\n') ? '' : '-'}\n${lines.join('\n')}`;
    }
    if (isPlain(value)) return ` ${this.scalar(value)}`;
    if (Array.isArray(value)) {
      if (value.length === 0 || !value.every(isBlock)) return ` ${this.flow(value, undefined)}`;
      return value.map((each) => `\n${inner}- ${this.block(each, `${inner}  `)}`).join('');
    }
    return Object.keys(value).length === 0 ? ' {}' : `\n${inner}${this.block(value, inner)}`;
  }

  private word(key: string): string {
    return plain(key) ? key : JSON.stringify(key);
  }

  private scalar(said: string | number | boolean | null | Verbatim): string {
    if (said instanceof Verbatim) return said.text;
    return this.mode === 'yaml' && typeof said === 'string' && plain(said) ? said : JSON.stringify(said);
  }
}

/** What can stand in the lines behind a dash. */
const isBlock = (value: Json): value is Record<string, Json> =>
  !isPlain(value) && !Array.isArray(value) && Object.keys(value).length > 0;

/** Whether YAML says a text of several lines as it is, in lines. */
const isProse = (said: string): boolean =>
  /^[^\s#][\x20-\x7e\u00a0-\ud7ff\n]*$/.test(said) && /\n./.test(said) && !/ \n| $|\n\n$/.test(said);

/** Whether YAML takes it for that text without quotes. */
const plain = (said: string): boolean =>
  /^[A-Za-z_$][\w .?!/$:-]*$/.test(said) && !/ $|:$|: |^(true|false|null|yes|no|on|off|y|n)$/i.test(said);
