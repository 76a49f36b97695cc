/** What the server sends, and the scene that is laid out and drawn of it. */

export type Kind = 'pass' | 'task' | 'choice' | 'wait' | 'succeed' | 'fail' | 'parallel' | 'map';
export type StatusKey =
  | 'ok'
  | 'run'
  | 'retry'
  | 'person'
  | 'wait'
  | 'caught'
  | 'fail'
  | 'timeout'
  | 'abort'
  | 'idle'
  | Compared;
/** How a state went in two executions that are compared. */
export type Compared = 'left' | 'right' | 'differs' | 'same';
export type Why = 'next' | 'choice' | 'default' | 'catch' | 'start' | 'end';
export type Density = 'full' | 'compact' | 'mini';
export type Direction = 'down' | 'right';

export interface GraphNode {
  id: string;
  name?: string;
  kind: Kind;
  glyph: string;
  in?: string;
  branch?: number;
  start?: boolean;
  end?: boolean;
  caption?: string;
}

export interface GraphEdge {
  from: string;
  to: string;
  why: Why;
  label?: string;
  missing?: boolean;
}

export interface Graph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface NodeStatus {
  status: StatusKey;
  line?: string;
  running?: number;
  succeeded?: number;
  failed?: number;
  total?: number;
}

export interface NodeDiagnostic {
  id: string;
  error?: boolean;
  message: string;
}

export const STATUS_WORDS: Record<StatusKey, string> = {
  ok: 'Succeeded',
  run: 'Running',
  retry: 'Retrying',
  person: 'Waiting for a person',
  wait: 'Waiting',
  caught: 'Caught error',
  fail: 'Failed',
  timeout: 'Timed out',
  abort: 'Stopped',
  idle: 'Not reached',
  left: 'Only in A',
  right: 'Only in B',
  differs: 'Differs',
  same: 'Same',
};

const COMPARED: ReadonlySet<StatusKey> = new Set<Compared>(['left', 'right', 'differs', 'same']);

/** Whether it says how two executions went, and not how one did. */
export const isCompared = (status: StatusKey | undefined): boolean =>
  status !== undefined && COMPARED.has(status);

export const KIND_WORDS: Record<Kind, string> = {
  pass: 'Pass',
  task: 'Task',
  choice: 'Choice',
  wait: 'Wait',
  succeed: 'Succeed',
  fail: 'Fail',
  parallel: 'Parallel',
  map: 'Map',
};

/** Something with a place: a state, or what is drawn beside states. */
export interface Item {
  /** A state's id; of others, one that no state has. */
  key: string;
  shape: Kind | 'start' | 'stop' | 'ghost';
  name: string;
  node?: GraphNode;
  parent?: Item;
  level: number;
  children: Item[];
  links: Link[];
}

/** An edge between two items of one level. */
export interface Link {
  key: string;
  from: Item;
  to: Item;
  why: Why;
  label: string;
  missing: boolean;
}

export interface Scene {
  root: Item;
  /** Every item but the root, a container before what is inside of it. */
  items: Item[];
  /** States only. */
  states: Map<string, Item>;
  links: Link[];
}

function item(key: string, shape: Item['shape'], name: string, parent?: Item): Item {
  return {
    key,
    shape,
    name,
    parent,
    level: parent ? parent.level + 1 : 0,
    children: [],
    links: [],
  };
}

/** Keys of what is no state begin with a line break, which no state's name has. */
export function scene(graph: Graph, terminals: boolean): Scene {
  const root = item('\n', 'parallel', '');
  const items: Item[] = [];
  const states = new Map<string, Item>();
  const links: Link[] = [];
  const add = (key: string, shape: Item['shape'], name: string, parent: Item): Item => {
    const made = item(key, shape, name, parent);
    parent.children.push(made);
    items.push(made);
    return made;
  };
  const link = (from: Item, to: Item, why: Why, label: string, missing: boolean): void => {
    const made = { key: '', from, to, why, label, missing };
    (from.parent ?? root).links.push(made);
    links.push(made);
  };
  const top = graph.nodes.filter((node) => !node.in);
  const start =
    terminals && top.length > 0 ? add('\nstart', 'start', 'Start', root) : undefined;
  for (const node of graph.nodes) {
    const parent = node.in === undefined ? root : (states.get(node.in) ?? root);
    const made = add(node.id, node.kind, node.name ?? node.id, parent);
    made.node = node;
    states.set(node.id, made);
  }
  if (start) {
    const first = top.find((node) => node.start);
    const target = states.get((first ?? top[0]!).id)!;
    link(start, target, 'start', '', first === undefined);
  }
  const ghosts = new Map<string, Item>();
  for (const edge of graph.edges) {
    const from = states.get(edge.from);
    if (!from) continue;
    const parent = from.parent ?? root;
    let to = edge.missing ? undefined : states.get(edge.to);
    if (!to) {
      const key = `\nghost ${parent.key} ${edge.to}`;
      to = ghosts.get(key) ?? add(key, 'ghost', edge.to, parent);
      ghosts.set(key, to);
    }
    link(from, to, edge.why, edge.label ?? '', edge.missing === true);
  }
  const ending = top.filter((node) => node.end && node.kind !== 'succeed' && node.kind !== 'fail');
  if (terminals && ending.length > 0) {
    const stop = add('\nstop', 'stop', 'End', root);
    for (const node of ending) link(states.get(node.id)!, stop, 'end', '', false);
  }
  const seen = new Map<string, number>();
  for (const each of links) {
    const base = `${each.from.key}\n${each.to.key}\n${each.why}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    each.key = `${base}\n${count}`;
  }
  return { root, items, states, links };
}

export function isContainer(item: Item): boolean {
  return item.shape === 'parallel' || item.shape === 'map';
}
