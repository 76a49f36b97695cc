/** SVG of one item. Everything a person wrote becomes a text node, never markup. */
import { glyphs, marks } from '../part/drawings.js';
import { head, LABEL_MAX, edgeText } from './layout.js';
import type { Box, LayoutStyle, Line, Point } from './layout.js';
import { isContainer, KIND_WORDS, STATUS_WORDS } from './model.js';
import type { Item, Link, NodeDiagnostic, NodeStatus, StatusKey } from './model.js';
import { EDGE_FONT, fitted, LINE_FONT, NAME_FONT, widthOf } from './text.js';

const SVG = 'http://www.w3.org/2000/svg';

type Attributes = Record<string, string | number | undefined>;

export function svg(tag: string, attributes: Attributes = {}, ...children: Node[]): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children);
  return element;
}

function text(content: string, className: string, x: number, y: number, anchor?: string): SVGElement {
  const element = svg('text', { class: className, x, y, 'text-anchor': anchor });
  element.textContent = content;
  return element;
}

const parsed = new Map<string, Node[]>();

/** Copies of one of our own drawings; it is parsed once. */
export function drawing(source: string): Node[] {
  let nodes = parsed.get(source);
  if (!nodes) {
    const page = new DOMParser().parseFromString(`<svg xmlns="${SVG}">${source}</svg>`, 'image/svg+xml');
    nodes = Array.from(page.documentElement.childNodes, (node) => document.importNode(node, true));
    parsed.set(source, nodes);
  }
  return nodes.map((node) => node.cloneNode(true));
}

function glyph(name: string, x: number, y: number): SVGElement {
  const inner = svg('g', { class: 'kind' }, ...drawing(glyphs[name] ?? glyphs.task!));
  return svg('g', { transform: `translate(${x} ${y})` }, inner);
}

function mark(name: string): SVGElement {
  return svg('g', { class: 'mark' }, ...drawing(marks[`status-${name}`] ?? ''));
}

/** What there is to say about an item at the moment. */
export interface Facts {
  status?: NodeStatus;
  diagnostics: NodeDiagnostic[];
}

const ACTIVE = new Set<StatusKey>(['run', 'retry', 'person', 'wait']);

export const isActive = (status: StatusKey): boolean => ACTIVE.has(status);

/** With the thousands apart, as everywhere in the console. */
const counted = (count: number | undefined): string => (count ?? 0).toLocaleString('en-US');

const done = (status: NodeStatus): number => (status.succeeded ?? 0) + (status.failed ?? 0);

const progress = (status: NodeStatus): string => `${counted(done(status))} of ${counted(status.total)}`;

/** What stands below the name: what the status says, else what is counted, else what it calls. */
export function secondLine(item: Item, status: NodeStatus | undefined): string {
  if (status?.line !== undefined) return status.line;
  if (status) {
    const parts: string[] = [];
    if (item.shape === 'map' && status.total) {
      parts.push(`${counted(status.running)} running`, `${counted(status.failed)} failed`);
    } else if ((status.running ?? 0) + (status.succeeded ?? 0) + (status.failed ?? 0) > 1) {
      if (status.succeeded) parts.push(`${counted(status.succeeded)} ok`);
      if (status.running) parts.push(`${counted(status.running)} running`);
      if (status.failed) parts.push(`${counted(status.failed)} failed`);
    }
    if (parts.length > 0) return parts.join(' · ');
  }
  return item.node?.caption ?? '';
}

/** A node in words, for those who do not see it. */
export function spoken(item: Item, facts: Facts): string {
  const words = [item.name];
  if (item.node) words.push(KIND_WORDS[item.node.kind]);
  const status = facts.status;
  if (status) words.push(STATUS_WORDS[status.status]);
  if (status?.total) {
    words.push(progress(status));
  }
  const line = secondLine(item, status);
  if (line) words.push(line);
  if (isContainer(item)) {
    const inside = item.children.filter((child) => child.node).length;
    words.push(`contains ${inside} ${inside === 1 ? 'state' : 'states'}`);
  }
  for (const each of facts.diagnostics) words.push(`${each.error ? 'Error' : 'Hint'}: ${each.message}`);
  return words.join(', ');
}

/** Everything that decides how an item looks: where it is equal, nothing is drawn again. */
export function look(item: Item, box: Box, style: LayoutStyle, facts: Facts): string {
  return JSON.stringify([
    item.shape,
    item.name,
    item.node?.glyph,
    item.node?.caption,
    item.children.length > 0,
    box.w,
    box.h,
    style,
    facts,
  ]);
}

export function classesOf(item: Item, facts: Facts): string {
  const status = facts.status?.status;
  return [
    'nd',
    item.shape,
    isContainer(item) ? 'cont' : '',
    status ? `s-${status}` : '',
    status && isActive(status) ? 'active' : '',
    item.node ? 'state' : '',
  ]
    .filter(Boolean)
    .join(' ');
}

/** A picture, and what of its text was cut. */
export interface Face {
  parts: SVGElement[];
  cut: string;
}

export function face(item: Item, box: Box, style: LayoutStyle, facts: Facts): Face {
  const { w, h } = box;
  switch (item.shape) {
    case 'start':
    case 'stop':
      return {
        parts: [
          svg('rect', { class: 'shape', width: w, height: h, rx: h / 2 }),
          text(item.name, 'line', w / 2, h / 2 + 4, 'middle'),
        ],
        cut: '',
      };
    case 'ghost':
      return { parts: ghost(item, box, style), cut: '' };
    default:
      break;
  }
  const parts: SVGElement[] = [];
  const cut = isContainer(item)
    ? container(item, box, style, facts, parts)
    : leaf(item, box, style, facts, parts);
  return { parts, cut };
}

/**
 * What is pointed at and focused: it has no text of its own, so that its label is all that is said.
 *
 * @param cut what does not fit on the node
 */
export function target(item: Item, { w, h }: Box, facts: Facts, cut: string): SVGElement[] {
  const round = pill(item) ? h / 2 + 4 : 8;
  const parts = [
    svg('rect', { class: 'area', width: w, height: h, rx: Math.min(6, round) }),
    svg('rect', { class: 'ring', x: -4, y: -4, width: w + 8, height: h + 8, rx: round }),
  ];
  if (facts.diagnostics.length > 0) {
    const error = facts.diagnostics.some((each) => each.error);
    parts.push(
      svg(
        'g',
        { class: `diag ${error ? 'err' : 'warn'}`, transform: `translate(${w - 11} -8)` },
        svg('circle', { class: 'halo', cx: 9, cy: 9, r: 10 }),
        svg('g', { transform: 'translate(1 1)' }, mark(error ? 'err' : 'warn')),
      ),
    );
  }
  const hint = [cut, ...facts.diagnostics.map((each) => each.message)].filter(Boolean).join('\n');
  if (hint) parts.unshift(titled(hint));
  return parts;
}

function pill(item: Item): boolean {
  return item.shape === 'succeed' || item.shape === 'fail';
}

function ghost(item: Item, { w, h }: Box, style: LayoutStyle): SVGElement[] {
  const parts = [svg('rect', { class: 'shape', width: w, height: h, rx: 4 })];
  if (style.density === 'full') {
    parts.push(
      text('No such state', 'line', 10, 15),
      text(fitted(item.name, w - 18, NAME_FONT), 'name', 10, 30),
    );
    if (widthOf(item.name, NAME_FONT) > w - 18) parts.push(titled(item.name));
  } else if (style.density === 'compact') {
    parts.push(text(fitted(item.name, w - 18, NAME_FONT), 'name alone', 9, h / 2 + 4.5));
  }
  return parts;
}

function titled(content: string): SVGElement {
  const title = svg('title');
  title.textContent = content;
  return title;
}

function outline(item: Item, { w, h }: Box): SVGElement {
  if (item.shape === 'choice') {
    const tip = Math.min(12, h / 2);
    return svg('path', {
      class: 'shape',
      d: `M${tip} 0H${w - tip}L${w} ${h / 2}L${w - tip} ${h}H${tip}L0 ${h / 2}z`,
    });
  }
  return svg('rect', { class: 'shape', width: w, height: h, rx: pill(item) ? h / 2 : 5 });
}

/** @returns what did not fit */
function leaf(item: Item, box: Box, style: LayoutStyle, facts: Facts, parts: SVGElement[]): string {
  const { w, h } = box;
  const status = facts.status?.status;
  parts.push(outline(item, box));
  if (status && status !== 'idle' && item.shape !== 'choice' && !pill(item) && style.density !== 'mini') {
    parts.push(svg('path', { class: 'bar', d: `M5 0H4a4 4 0 0 0-4 4V${h - 4}a4 4 0 0 0 4 4H5z` }));
  }
  const picture = item.node?.glyph ?? item.shape;
  if (style.density === 'mini') {
    parts.push(glyph(picture, w / 2 - 8, h / 2 - 8));
    return '';
  }
  const inset = item.shape === 'choice' ? 18 : style.density === 'compact' ? 11 : 14;
  parts.push(glyph(picture, inset, h / 2 - 8));
  const x = inset + 25;
  const line = style.density === 'full' && h > 40 ? secondLine(item, facts.status) : '';
  const markRoom = status ? (item.shape === 'choice' ? 34 : 28) : item.shape === 'choice' ? 16 : 10;
  const name = fitted(item.name, w - x - markRoom, NAME_FONT);
  parts.push(text(name, line ? 'name' : 'name alone', x, line ? h / 2 - 3 : h / 2 + 4.5));
  let cut = name !== item.name;
  if (line) {
    const shown = fitted(line, w - x - (item.shape === 'choice' ? 18 : 8), LINE_FONT);
    cut ||= shown !== line;
    parts.push(text(shown, facts.status && line !== item.node?.caption ? 'line told' : 'line', x, h / 2 + 12.5));
  }
  if (status) {
    const y = h / 2 - (line ? 16 : 7.5);
    parts.push(
      svg('g', { transform: `translate(${w - (item.shape === 'choice' ? 32 : 24)} ${y}) scale(.94)` }, mark(status)),
    );
  }
  return cut ? `${item.name}\n${line}`.trim() : '';
}

/** @returns what did not fit */
function container(
  item: Item,
  box: Box,
  style: LayoutStyle,
  facts: Facts,
  parts: SVGElement[],
): string {
  const { w, h } = box;
  const status = facts.status;
  const top = head(item, style);
  const off = style.density === 'mini' ? 3 : 4;
  if (item.shape === 'map') {
    parts.push(svg('rect', { class: 'sheet', x: off, y: -off, width: w, height: h, rx: 6 }));
  }
  parts.push(svg('rect', { class: 'inside', width: w, height: h, rx: 6 }));
  if (top > 0) {
    parts.push(
      svg('path', {
        class: 'head',
        d: `M6 0H${w - 6}a6 6 0 0 1 6 6V${top}H0V6a6 6 0 0 1 6-6z`,
      }),
      svg('path', { class: 'rule', d: `M0 ${top}H${w}` }),
    );
  }
  parts.push(svg('rect', { class: 'shape', width: w, height: h, rx: 6 }));
  if (top === 0) return '';
  const bar = top > 40;
  const middle = bar ? 16 : top / 2;
  parts.push(glyph(item.shape, 10, middle - 8));
  let right = status ? w - 30 : w - 10;
  if (status) {
    parts.push(svg('g', { transform: `translate(${w - 24} ${middle - 7.5}) scale(.94)` }, mark(status.status)));
  }
  if (bar && status?.total) {
    const count = svg('text', { class: 'count', x: right, y: middle + 4.5, 'text-anchor': 'end' });
    const strong = svg('tspan', { class: 'strong' });
    strong.textContent = counted(done(status));
    count.append(strong, document.createTextNode(` of ${counted(status.total)}`));
    parts.push(count);
    right -= widthOf(progress(status), NAME_FONT) + 8;
    segments(status, w, parts);
  }
  const line = secondLine(item, status);
  const name = fitted(item.name, right - 33, NAME_FONT);
  parts.push(text(name, 'name', 33, middle + 4.5));
  let cut = name !== item.name;
  if (line && bar) {
    const shown = fitted(line, w - 20, LINE_FONT);
    cut ||= shown !== line;
    parts.push(text(shown, 'line', 10, status?.total ? 51 : 44));
  } else if (line) {
    const x = 33 + widthOf(name, NAME_FONT) + 14;
    const shown = right - x > 40 ? fitted(line, right - x, LINE_FONT) : '';
    cut ||= shown !== line;
    parts.push(text(shown, 'line', x, middle + 4.5));
  }
  return cut ? `${item.name}\n${line}`.trim() : '';
}

function segments(status: NodeStatus, w: number, parts: SVGElement[]): void {
  const total = Math.max(
    status.total ?? 0,
    (status.succeeded ?? 0) + (status.running ?? 0) + (status.failed ?? 0),
  );
  let x = 10;
  const rest = total - (status.succeeded ?? 0) - (status.running ?? 0) - (status.failed ?? 0);
  for (const [key, count] of [
    ['ok', status.succeeded ?? 0],
    ['fail', status.failed ?? 0],
    ['run', status.running ?? 0],
    ['rest', rest],
  ] as const) {
    if (count <= 0) continue;
    const width = ((w - 20) * count) / total;
    parts.push(
      svg('rect', {
        class: `seg seg-${key}`,
        x: x.toFixed(1),
        y: 30,
        width: Math.max(width - 1, 2).toFixed(1),
        height: 6,
        rx: 1,
      }),
    );
    x += width;
  }
}

/** A path along the points with rounded corners, ending short of the last for the arrow's head. */
export function route(points: Point[], radius = 7): string {
  const at = (p: Point): string => `${p.x.toFixed(1)} ${p.y.toFixed(1)}`;
  let d = `M${at(points[0]!)}`;
  for (let i = 1; i < points.length - 1; i++) {
    const [a, b, c] = [points[i - 1]!, points[i]!, points[i + 1]!];
    const before = Math.hypot(b.x - a.x, b.y - a.y);
    const after = Math.hypot(c.x - b.x, c.y - b.y);
    const q = Math.min(radius, before / 2, after / 2);
    if (q < 0.5) {
      d += `L${at(b)}`;
      continue;
    }
    const p = { x: b.x - ((b.x - a.x) / before) * q, y: b.y - ((b.y - a.y) / before) * q };
    const n = { x: b.x + ((c.x - b.x) / after) * q, y: b.y + ((c.y - b.y) / after) * q };
    d += `L${at(p)}Q${at(b)} ${at(n)}`;
  }
  return `${d}L${at(points.at(-1)!)}`;
}

/** The parts of an edge. */
export function edge(link: Link, line: Line, style: LayoutStyle): SVGElement[] {
  const { points, label } = line;
  if (points.length < 2) return [];
  const a = points.at(-2)!;
  const b = points.at(-1)!;
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
  const short = { x: b.x - ux * 5, y: b.y - uy * 5 };
  const parts = [
    svg('path', { class: 'ed', d: route([...points.slice(0, -1), short]) }),
    svg('path', {
      class: 'hd',
      d: `M${b.x} ${b.y}l${-7 * ux + 4 * uy} ${-7 * uy - 4 * ux}l${-8 * uy} ${8 * ux}z`,
    }),
  ];
  if (link.why === 'catch' && style.density !== 'mini') {
    const [from, on] = [points[0]!, points[1]!];
    const far = Math.hypot(on.x - from.x, on.y - from.y) || 1;
    const x = from.x + ((on.x - from.x) / far) * 4.5;
    const y = from.y + ((on.y - from.y) / far) * 4.5;
    parts.push(svg('path', { class: 'cm', d: 'M0-4.5 4.5 0 0 4.5-4.5 0z', transform: `translate(${x} ${y})` }));
  }
  if (label) {
    const whole = edgeText(link);
    const shown = fitted(whole, Math.min(LABEL_MAX, label.w) - 8, EDGE_FONT);
    const group = svg('g', { class: 'lb' }, text(shown, 'el', label.x + label.w / 2, label.y + 11.5, 'middle'));
    if (shown !== whole) group.append(titled(whole));
    parts.push(group);
  }
  return parts;
}
