/** Places for a scene, computed in one worker that all graphs of a page share. */
import ELK from 'elkjs/lib/elk-api.js';
import type { ELK as Engine, ElkNode, ElkExtendedEdge } from 'elkjs/lib/elk-api.js';
import { isContainer } from './model.js';
import type { Density, Direction, Item, Link, Scene } from './model.js';
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
  /** The structure it was made for. */
  key: string;
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
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
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

function size(item: Item, style: LayoutStyle): [number, number] {
  if (style.density === 'mini') return [44, 24];
  if (style.density === 'compact') {
    const room = Math.min(150, stepped(widthOf(item.name, NAME_FONT), 20));
    return [39 + room + (style.live ? 30 : 12), 30];
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

/** The scene as the engine takes it. Names are not in it: renaming a state changes nothing. */
function problem(scene: Scene, style: LayoutStyle): ElkNode {
  const index = new Map<Item, number>();
  scene.items.forEach((item, at) => index.set(item, at));
  const edges = new Map<Link, number>();
  scene.links.forEach((link, at) => edges.set(link, at));
  const base = spacing(style);
  const toEdge = (link: Link): ElkExtendedEdge => ({
    id: `e${edges.get(link)}`,
    sources: [`n${index.get(link.from)}`],
    targets: [`n${index.get(link.to)}`],
    labels: labelled(link, style)
      ? [
          {
            text: '·', // the engine leaves out labels that say nothing
            width: Math.min(LABEL_MAX, stepped(widthOf(edgeText(link), EDGE_FONT) + 10, 24)),
            height: 15,
          },
        ]
      : [],
  });
  const toNode = (item: Item): ElkNode => {
    const made: ElkNode = { id: `n${index.get(item)}` };
    if (isContainer(item) && item.children.length > 0) {
      const top = head(item, style);
      const pad = style.density === 'mini' ? 9 : 16;
      made.layoutOptions = {
        ...base,
        'elk.padding': `[top=${top + (style.density === 'mini' ? 9 : 14)},left=${pad},bottom=${pad},right=${pad}]`,
        ...(style.density === 'mini'
          ? {}
          : {
              'elk.nodeSize.constraints': 'MINIMUM_SIZE',
              'elk.nodeSize.minimum': `(${item.shape === 'map' && style.live ? 240 : 220},60)`,
            }),
      };
      made.children = item.children.map(toNode);
      made.edges = item.links.map(toEdge);
    } else {
      const [w, h] = size(item, style);
      made.width = isContainer(item) ? w + 32 : w;
      made.height = isContainer(item) ? h + head(item, style) : h;
    }
    return made;
  };
  return {
    id: 'root',
    layoutOptions: { ...base, 'elk.padding': '[top=0,left=0,bottom=0,right=0]' },
    children: scene.root.children.map(toNode),
    edges: scene.root.links.map(toEdge),
  };
}

/** Copies the engine's answer into our own shape. */
function answer(key: string, scene: Scene, solved: ElkNode): Layout {
  const layout: Layout = {
    key,
    boxes: new Array<Box>(scene.items.length),
    places: new Array<Box>(scene.items.length),
    lines: new Array<Line>(scene.links.length),
    w: solved.width ?? 0,
    h: solved.height ?? 0,
  };
  const walk = (parent: ElkNode, dx: number, dy: number): void => {
    for (const child of parent.children ?? []) {
      const at = Number(child.id.slice(1));
      const box = { x: child.x ?? 0, y: child.y ?? 0, w: child.width ?? 0, h: child.height ?? 0 };
      layout.boxes[at] = box;
      layout.places[at] = { ...box, x: box.x + dx, y: box.y + dy };
      walk(child, dx + box.x, dy + box.y);
    }
    for (const edge of parent.edges ?? []) {
      const section = edge.sections?.[0];
      const label = edge.labels?.[0];
      layout.lines[Number(edge.id.slice(1))] = {
        points: section
          ? [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
          : [],
        label: label
          ? { x: label.x ?? 0, y: label.y ?? 0, w: label.width ?? 0, h: label.height ?? 0 }
          : undefined,
      };
    }
  };
  walk(solved, 0, 0);
  return layout;
}

let engine: Engine | undefined;

function worker(): Engine {
  engine ??= new ELK({
    workerFactory: () =>
      new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' }),
  });
  return engine;
}

const CACHED = 60;
const cache = new Map<string, ElkNode>();

/** A scene's structure and, when it is known already, its places. */
export interface Request {
  key: string;
  known?: Layout;
  solve(): Promise<Layout>;
}

export function request(scene: Scene, style: LayoutStyle): Request {
  const asked = problem(scene, style);
  const key = JSON.stringify(asked);
  const known = cache.get(key);
  if (known) {
    cache.delete(key);
    cache.set(key, known);
  }
  return {
    key,
    known: known && answer(key, scene, known),
    async solve() {
      const solved = await worker().layout(asked);
      cache.set(key, solved);
      if (cache.size > CACHED) cache.delete(cache.keys().next().value!);
      return answer(key, scene, solved);
    },
  };
}
