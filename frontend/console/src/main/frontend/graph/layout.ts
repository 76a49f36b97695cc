/** Places for a scene, computed in one worker that all graphs of a page share. */
import ELK from 'elkjs/lib/elk-api.js';
import type { ELK as Engine, ElkEdgeSection, ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import { isContainer } from './model.js';
import type { Density, Direction, Item, Link, Scene } from './model.js';
import { inLanes, routed } from './lanes.js';
import { ports } from './ports.js';
import { EDGE_FONT, NAME_FONT, widthOf } from './text.js';

export interface Point {
  x: number;
  y: number;
}

export interface Box extends Point {
  w: number;
  h: number;
}

export interface Line {
  points: Point[];
  label?: Box;
}

export interface Layout {
  /** In the coordinates of the item's container; in the order of the scene's items. */
  boxes: Box[];
  /** In the coordinates of the whole. */
  places: Box[];
  /** In the order of the scene's links. */
  lines: Line[];
  w: number;
  h: number;
}

export interface LayoutStyle {
  density: Density;
  direction: Direction;
  /** Whether states are counted and timed: Maps then have room for a bar. */
  live: boolean;
}

const HEAD = 34;
const MAP_HEAD = 60;

/** The height of a container's header. */
export function head(item: Item, style: LayoutStyle): number {
  if (style.density === 'mini') return 0;
  if (style.density === 'compact') return 26;
  return item.shape === 'map' && style.live ? MAP_HEAD : HEAD;
}

function spacing(style: LayoutStyle): Record<string, string> {
  const [layers, nodes, edges] =
    style.density === 'mini'
      ? [22, 12, 8]
      : style.density === 'compact'
        ? [28, 12, 8]
        : style.live
          ? [22, 26, 10]
          : [26, 26, 12];
  return {
    'elk.algorithm': 'layered',
    'elk.direction': style.direction === 'down' ? 'DOWN' : 'RIGHT',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.layered.spacing.nodeNodeBetweenLayers': String(layers),
    'elk.spacing.nodeNode': String(nodes),
    'elk.spacing.edgeNode': String(edges + 4),
    'elk.spacing.edgeEdge': '10',
    'elk.layered.spacing.edgeNodeBetweenLayers': String(edges),
    'elk.spacing.edgeLabel': '4',
    'elk.layered.nodePlacement.favorStraightEdges': 'true',
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
    'elk.edgeLabels.placement': 'CENTER',
    'elk.separateConnectedComponents': 'false',
    'elk.randomSeed': '1',
  };
}

/** Widths go in steps, so that a letter more does not lay everything out again. */
const stepped = (width: number, step: number): number => Math.ceil(width / step) * step;

export const LABEL_MAX = 160;

/** How large an item is that has nothing inside. */
export function sizeOf(item: Item, style: LayoutStyle): [number, number] {
  if (style.density === 'mini') return [44, 24];
  if (style.density === 'compact') {
    const room = Math.min(150, stepped(widthOf(item.name, NAME_FONT), 20));
    return [39 + room + (style.live ? 30 : 12) + (item.shape === 'choice' ? 16 : 0), 30];
  }
  switch (item.shape) {
    case 'start':
    case 'stop':
      return [52, 22];
    case 'ghost':
      return [136, 38];
    case 'succeed':
      return [150, 34];
    default:
      return [188, 46];
  }
}

function labelled(link: Link, style: LayoutStyle): boolean {
  return style.density === 'full' && edgeText(link) !== '';
}

/** What an edge says. */
export function edgeText(link: Link): string {
  return link.why === 'catch' ? `catch ${link.label || '…'}` : link.label;
}

/** What lies directly in one container, solved. */
interface Level {
  children: Box[];
  lines: Line[];
  w: number;
  h: number;
}

/** Solved levels by their problem: only what changed is laid out again, and what is around it. */
const solved = new Map<string, Level>();
const REMEMBERED = 2_000;

function remember(key: string, level: Level): Level {
  solved.set(key, level);
  if (solved.size > REMEMBERED) solved.delete(solved.keys().next().value!);
  return level;
}

function recall(key: string): Level | undefined {
  const level = solved.get(key);
  if (level) {
    solved.delete(key);
    solved.set(key, level);
  }
  return level;
}

/** The least a container is wide, so that its header has room. */
function leastWidth(item: Item, style: LayoutStyle): number {
  if (item.level === 0 || style.density === 'mini') return 0;
  return item.shape === 'map' && style.live ? 240 : 220;
}

/** A container's direct contents as the engine takes them. Names are not in it: renaming a state
 * changes nothing. */
function problem(
  item: Item,
  sizes: Map<Item, [number, number]>,
  style: LayoutStyle,
  lanes: Set<Link>,
): ElkNode {
  const { of, ends } = ports(item, lanes, style.direction === 'down');
  const pad = item.level === 0 ? 0 : style.density === 'mini' ? 9 : 16;
  const top = item.level === 0 ? 0 : head(item, style) + (style.density === 'mini' ? 9 : 14);
  return {
    id: 'level',
    layoutOptions: {
      ...spacing(style),
      'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
      'elk.padding': `[top=${top},left=${pad},bottom=${pad},right=${pad}]`,
    },
    children: item.children.map((child, at) => {
      const [width, height] = sizes.get(child) ?? sizeOf(child, style);
      return { id: `n${at}`, width, height, ports: of[at], layoutOptions: { 'elk.portConstraints': 'FIXED_SIDE' } };
    }),
    edges: item.links.flatMap((link, at): ElkExtendedEdge[] => {
      const end = ends.get(link);
      if (!end) return [];
      return [
        {
          id: `e${at}`,
          sources: [end.from],
          targets: [end.to],
          layoutOptions: { 'elk.layered.priority.straightness': end.main ? '10' : '0' },
          // The engine leaves out labels that say nothing.
          labels: labelled(link, style) ? [{ text: '·', width: labelWidth(link), height: 15 }] : [],
        },
      ];
    }),
  };
}

function labelWidth(link: Link): number {
  return Math.min(LABEL_MAX, stepped(widthOf(edgeText(link), EDGE_FONT) + 10, 24));
}

/** A Choice narrows towards its sides: what leaves there begins beneath it. */
function begun(link: Link, { startPoint, bendPoints, endPoint }: ElkEdgeSection): Point {
  const next = bendPoints?.[0] ?? endPoint;
  if (link.from.shape !== 'choice' || next.y !== startPoint.y) return startPoint;
  return { x: startPoint.x - 8 * Math.sign(next.x - startPoint.x), y: startPoint.y };
}

/** Copies the engine's answer into our own shape; contents stand in the middle. */
function answer(item: Item, answered: ElkNode, style: LayoutStyle, lanes: Set<Link>): Level {
  const down = style.direction === 'down';
  const pad = item.level === 0 ? 0 : 16;
  const boxes = (answered.children ?? []).map((child) => ({
    x: child.x ?? 0,
    y: child.y ?? 0,
    w: child.width ?? 0,
    h: child.height ?? 0,
  }));
  const labels = new Map<Link, number>();
  for (const link of lanes) if (labelled(link, style)) labels.set(link, labelWidth(link));
  const edge = (down ? (answered.width ?? 0) : (answered.height ?? 0)) - pad;
  const { lines, room } = routed(item, boxes, lanes, labels, edge, down);
  for (const answer of answered.edges ?? []) {
    const section = answer.sections?.[0];
    const label = answer.labels?.[0];
    const link = item.links[Number(answer.id.slice(1))]!;
    lines.set(link, {
      points: section
        ? [begun(link, section), ...(section.bendPoints ?? []), section.endPoint]
        : [],
      label: label && {
        x: label.x ?? 0,
        y: label.y ?? 0,
        w: label.width ?? 0,
        h: label.height ?? 0,
      },
    });
  }
  const width = (answered.width ?? 0) + (down ? room : 0);
  const w = Math.max(width, leastWidth(item, style));
  const dx = (w - width) / 2;
  return {
    children: boxes.map((box) => ({ ...box, x: box.x + dx })),
    lines: item.links.map((link) => {
      const { points, label } = lines.get(link)!;
      return {
        points: points.map((point) => ({ x: point.x + dx, y: point.y })),
        label: label && { ...label, x: label.x + dx },
      };
    }),
    w,
    h: (answered.height ?? 0) + (down ? 0 : room),
  };
}

let engine: Engine | undefined;

function worker(): Engine {
  engine ??= new ELK({
    workerFactory: () =>
      new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' }),
  });
  return engine;
}

/** Loads the engine before there is anything to lay out: the first time takes the longest. */
export function warmUp(): void {
  if (!engine) {
    const node = (id: string): ElkNode => ({ id, width: 9, height: 9 });
    const edge = { id: 'e', sources: ['a'], targets: ['b'] };
    worker()
      .layout({ id: 'level', children: [node('a'), node('b')], edges: [edge] })
      .catch(() => undefined); // the first real layout will say it
  }
}

type Levels = Map<Item, Level>;

const full = (item: Item): boolean => isContainer(item) && item.children.length > 0;

function sizesOf(item: Item, levels: Levels, style: LayoutStyle): Map<Item, [number, number]> {
  const sizes = new Map<Item, [number, number]>();
  for (const child of item.children) {
    const level = levels.get(child);
    if (level) sizes.set(child, [level.w, level.h]);
    else if (isContainer(child)) {
      const [w, h] = sizeOf(child, style);
      sizes.set(child, [w + 32, h + head(child, style)]);
    }
  }
  return sizes;
}

interface Posed {
  asked: ElkNode;
  key: string;
  lanes: Set<Link>;
}

function posed(item: Item, levels: Levels, style: LayoutStyle): Posed {
  const lanes = inLanes(item);
  const asked = problem(item, sizesOf(item, levels, style), style, lanes);
  // Which edges are in lanes follows from the edges that are not, and from where all lead.
  const all = item.links.map((link) => [item.children.indexOf(link.from), item.children.indexOf(link.to)]);
  const key = JSON.stringify(lanes.size > 0 ? [asked, all] : asked);
  return { asked, key, lanes };
}

/** Fills in what is remembered. @returns whether that is all of it */
function recallAll(item: Item, style: LayoutStyle, levels: Levels): boolean {
  let all = true;
  for (const child of item.children) {
    if (full(child) && !recallAll(child, style, levels)) all = false;
  }
  if (!all) return false;
  const known = recall(posed(item, levels, style).key);
  if (known) levels.set(item, known);
  return known !== undefined;
}

async function solveAll(item: Item, style: LayoutStyle, levels: Levels): Promise<void> {
  await Promise.all(item.children.filter(full).map((child) => solveAll(child, style, levels)));
  const { asked, key, lanes } = posed(item, levels, style);
  const level =
    recall(key) ?? remember(key, answer(item, await worker().layout(asked), style, lanes));
  levels.set(item, level);
}

function put(scene: Scene, levels: Levels): Layout {
  const whole = levels.get(scene.root)!;
  const layout: Layout = { boxes: [], places: [], lines: [], w: whole.w, h: whole.h };
  const index = new Map<Item, number>();
  scene.items.forEach((item, at) => index.set(item, at));
  const edges = new Map<Link, number>();
  scene.links.forEach((link, at) => edges.set(link, at));
  const walk = (item: Item, dx: number, dy: number): void => {
    const level = levels.get(item);
    if (!level) return;
    item.children.forEach((child, at) => {
      const box = level.children[at]!;
      layout.boxes[index.get(child)!] = box;
      layout.places[index.get(child)!] = { ...box, x: box.x + dx, y: box.y + dy };
      walk(child, dx + box.x, dy + box.y);
    });
    item.links.forEach((link, at) => {
      layout.lines[edges.get(link)!] = level.lines[at]!;
    });
  };
  walk(scene.root, 0, 0);
  return layout;
}

/** A scene's places where its structure was laid out before, at once. */
export function known(scene: Scene, style: LayoutStyle): Layout | undefined {
  const levels: Levels = new Map();
  return recallAll(scene.root, style, levels) ? put(scene, levels) : undefined;
}

/** A scene's places; what is new in it is laid out in the worker. */
export async function solve(scene: Scene, style: LayoutStyle): Promise<Layout> {
  const levels: Levels = new Map();
  await solveAll(scene.root, style, levels);
  return put(scene, levels);
}
