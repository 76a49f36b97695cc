import { MISSING, outlineJson, type Member, type Value } from './outline';

/**
 * The structure of YAML as people write definitions: block mappings and sequences by indentation,
 * scalars plain, quoted or as blocks, and JSON (flow) inside a line. What is rarer is read as a
 * scalar. Never throws.
 */
export function outlineYaml(text: string): Value {
  const lines = linesOf(text);
  const at = { i: 0 };
  const first = lines[0];
  return first ? block(text, lines, at, first.indent, 0) : MISSING(0);
}

interface Line {
  /** Where the text of the line begins, behind its indentation. */
  from: number;
  to: number;
  indent: number;
}

function linesOf(text: string): Line[] {
  const found: Line[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const indent = line.length - line.trimStart().length;
    const content = line.trim();
    if (content !== '' && !content.startsWith('#') && content !== '---') {
      found.push({ from: start + indent, to: start + line.trimEnd().length, indent });
    }
    start += line.length + 1;
  }
  return found;
}

const isItem = (text: string, line: Line): boolean => {
  const head = text.slice(line.from, line.from + 2);
  return head === '- ' || text.slice(line.from, line.to) === '-';
};

/**
 * Where a value ends for what contains it: a block has no bracket, so the end of its last line is
 * still in it.
 */
const end = (value: Value): number =>
  value.kind === 'scalar' || value.kind === 'missing' ? value.to + 1 : value.to;

/** What begins at this line: a sequence, a mapping, or a scalar. */
function block(text: string, lines: Line[], at: { i: number }, indent: number, depth: number): Value {
  const line = lines[at.i];
  if (!line || line.indent < indent || depth > 100) return MISSING(line?.from ?? text.length);
  if (isItem(text, line)) return sequence(text, lines, at, line.indent, depth);
  if (keyEnd(text, line.from, line.to) >= 0) return mapping(text, lines, at, line.indent, depth);
  const from = line.from;
  let to = line.to;
  while (at.i < lines.length && lines[at.i]!.indent >= indent) to = lines[at.i++]!.to;
  return inline(text, from, to);
}

function sequence(text: string, lines: Line[], at: { i: number }, indent: number, depth: number): Value {
  const found: Value = {
    kind: 'array', from: lines[at.i]!.from, to: lines[at.i]!.to, text: '', quoted: false, members: [],
  };
  while (at.i < lines.length) {
    const line = lines[at.i]!;
    if (line.indent !== indent || !isItem(text, line)) break;
    let from = line.from + 1;
    while (from < line.to && text[from] === ' ') from++;
    let value: Value;
    if (from >= line.to) {
      at.i++;
      const next = lines[at.i];
      value = next && next.indent > indent
        ? block(text, lines, at, indent + 1, depth + 1) : MISSING(Math.min(line.to + 1, text.length));
    } else {
      // What stands behind the dash is a block that begins there.
      lines[at.i] = { from, to: line.to, indent: line.indent + (from - line.from) };
      value = block(text, lines, at, line.indent + 1, depth + 1);
    }
    found.members.push({ key: '', keyFrom: value.from, keyTo: value.from, value });
    found.to = Math.max(found.to, end(value), line.to + 1);
  }
  return found;
}

function mapping(text: string, lines: Line[], at: { i: number }, indent: number, depth: number): Value {
  const found: Value = {
    kind: 'object', from: lines[at.i]!.from, to: lines[at.i]!.to, text: '', quoted: false, members: [],
  };
  while (at.i < lines.length) {
    const line = lines[at.i]!;
    if (line.indent !== indent || isItem(text, line)) break;
    const colon = keyEnd(text, line.from, line.to);
    const member = colon < 0
      ? unfinished(text, lines, at)
      : entry(text, lines, at, line, colon, depth);
    found.members.push(member);
    found.to = Math.max(found.to, end(member.value), line.to + 1);
  }
  return found;
}

function unfinished(text: string, lines: Line[], at: { i: number }): Member {
  const line = lines[at.i++]!;
  const key = unquote(text.slice(line.from, line.to)).text;
  return { key, keyFrom: line.from, keyTo: line.to, value: MISSING(line.to) };
}

function entry(
  text: string, lines: Line[], at: { i: number }, line: Line, end: number, depth: number,
): Member {
  const key = unquote(text.slice(line.from, end).trim()).text;
  let from = end + 1;
  while (from < line.to && text[from] === ' ') from++;
  at.i++;
  const next = lines[at.i];
  if (from >= line.to) {
    const nested = next && (next.indent > line.indent || (next.indent === line.indent && isItem(text, next)));
    const value = nested
      ? block(text, lines, at, next.indent, depth + 1) : MISSING(Math.min(end + 2, text.length));
    return { key, keyFrom: line.from, keyTo: end, value };
  }
  let to = line.to;
  while (at.i < lines.length && lines[at.i]!.indent > line.indent) to = lines[at.i++]!.to;
  return { key, keyFrom: line.from, keyTo: end, value: inline(text, from, to) };
}

/** Where the colon of a key in this line is; -1 where there is none. */
function keyEnd(text: string, from: number, to: number): number {
  const quote = text[from];
  let i = from;
  if (quote === '"' || quote === "'") {
    i++;
    while (i < to && text[i] !== quote) i += quote === '"' && text[i] === '\\' ? 2 : 1;
    i++;
    while (i < to && text[i] === ' ') i++;
    return text[i] === ':' && (i + 1 >= to || text[i + 1] === ' ') ? i : -1;
  }
  if (quote === '{' || quote === '[') return -1;
  for (; i < to; i++) {
    if (text[i] === ':' && (i + 1 >= to || text[i + 1] === ' ')) return i;
    if (text[i] === '#' && i > from && text[i - 1] === ' ') return -1;
  }
  return -1;
}

/** A value that begins within a line. */
function inline(text: string, from: number, to: number): Value {
  const c = text[from];
  if (c === '{' || c === '[') return shifted(outlineJson(text.slice(from, to)), from);
  const { text: said, quoted, length } = unquote(text.slice(from, to));
  return { kind: 'scalar', from, to: from + length, text: said, quoted, members: [] };
}

function shifted(value: Value, by: number): Value {
  return {
    ...value,
    from: value.from + by,
    to: value.to + by,
    members: value.members.map((m) => ({
      key: m.key, keyFrom: m.keyFrom + by, keyTo: m.keyTo + by, value: shifted(m.value, by),
    })),
  };
}

function unquote(written: string): { text: string; quoted: boolean; length: number } {
  const quote = written[0];
  if (quote === '"' || quote === "'") {
    let i = 1;
    while (i < written.length && written[i] !== quote) i += quote === '"' && written[i] === '\\' ? 2 : 1;
    const inner = written.slice(1, i);
    const length = Math.min(i + 1, written.length);
    if (quote === "'") return { text: inner.replaceAll("''", "'"), quoted: true, length };
    try {
      return { text: JSON.parse(`"${inner}"`) as string, quoted: true, length };
    } catch {
      return { text: inner, quoted: true, length };
    }
  }
  const comment = written.search(/ #/);
  const plain = (comment < 0 ? written : written.slice(0, comment)).trimEnd();
  return { text: plain, quoted: false, length: plain.length };
}
