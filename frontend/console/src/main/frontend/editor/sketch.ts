import type { Graph, GraphEdge, GraphNode, Kind, Why } from '../graph/model';
import { get, type Value } from './outline';

/**
 * The graph of a definition as it is being written, told from the structure of its text alone: so
 * much that it can be drawn before the server has read it. What nodes and edges say in words comes
 * from there. Nodes, their order and their ids are those of the server's own sketch.
 */
export function sketch(root: Value): Graph | undefined {
  const graph: Graph = { nodes: [], edges: [] };
  draw(root, undefined, 0, { graph, ids: new Set(), depth: 0, states: new Map() });
  return graph.nodes.length > 0 ? graph : undefined;
}

/** The states of a text, by the ids that they have in its sketch. */
export function drawnStates(root: Value): Map<string, Value> {
  const states = new Map<string, Value>();
  draw(root, undefined, 0, { graph: { nodes: [], edges: [] }, ids: new Set(), depth: 0, states });
  return states;
}

/**
 * Whether states that were drawn are out of sight only because the text is broken at the moment: they
 * are written in it as before.
 *
 * @param text JSON
 */
export function hides(text: string, before: Graph, now: Graph | undefined): boolean {
  const there = new Set(now?.nodes.map((node) => node.id));
  const lost = before.nodes.filter((node) => !there.has(node.id));
  return lost.length > 0 && !isJson(text) && lost.some((node) => isKey(text, node.name ?? node.id));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isKey(text: string, name: string): boolean {
  const written = JSON.stringify(name);
  for (let at = text.indexOf(written); at >= 0; at = text.indexOf(written, at + 1)) {
    if (/^\s*:/.test(text.slice(at + written.length, at + written.length + 20))) return true;
  }
  return false;
}

interface Drawing {
  graph: Graph;
  ids: Set<string>;
  depth: number;
  states: Map<string, Value>;
}

const DEEPEST = 50;

const KINDS: Record<string, Kind> = {
  Pass: 'pass',
  Task: 'task',
  Choice: 'choice',
  Wait: 'wait',
  Succeed: 'succeed',
  Fail: 'fail',
  Parallel: 'parallel',
  Map: 'map',
};

/** Objects in a state or a machine that are no states, whatever is in them. */
const FIELDS = new Set([
  'States', 'Parameters', 'Arguments', 'Result', 'ResultSelector', 'Output', 'Assign', 'ItemProcessor', 'Iterator',
  'ItemReader', 'ItemBatcher', 'ItemSelector', 'ResultWriter', 'ProcessorConfig', 'Credentials', 'Items',
]);

function draw(machine: Value | undefined, parent: string | undefined, branch: number, into: Drawing): void {
  if (!machine) return;
  const states = new Map<string, Value>();
  for (const member of get(machine, 'States')?.members ?? []) gather(member.key, member.value, states, into.depth);
  strays(machine, states, into.depth);
  const own = new Map<string, string>();
  for (const name of states.keys()) own.set(name, free(name, into.ids));
  const first = get(machine, 'StartAt')?.text;
  for (const [name, state] of states) {
    const id = own.get(name)!;
    into.states.set(id, state);
    into.graph.nodes.push(node(id, name, state, parent, branch, name === first));
    into.graph.edges.push(...ways(id, state, own));
    inside(state).forEach((each, at) => draw(each, id, at, { ...into, depth: into.depth + 1 }));
  }
}

function gather(name: string, state: Value, into: Map<string, Value>, depth: number): void {
  if (state.kind !== 'object' || name === '' || depth >= DEEPEST) return;
  if (!into.has(name)) into.set(name, state);
  strays(state, into, depth + 1);
}

/** States in a place where none can be, because a brace is missing. */
function strays(holder: Value, into: Map<string, Value>, depth: number): void {
  for (const { key, value } of holder.members) {
    if (!FIELDS.has(key) && written(value)) gather(key, value, into, depth);
  }
}

function free(name: string, ids: Set<string>): string {
  let id = name;
  for (let i = 2; ids.has(id); i++) id = `${name}\n${i}`;
  ids.add(id);
  return id;
}

const written = (state: Value): Kind | undefined => KINDS[get(state, 'Type')?.text ?? ''];

function kindOf(state: Value): Kind {
  const kind = written(state);
  if (kind) return kind;
  if (get(state, 'Choices')) return 'choice';
  if (get(state, 'Branches')) return 'parallel';
  if (get(state, 'ItemProcessor') ?? get(state, 'Iterator')) return 'map';
  return get(state, 'Resource') ? 'task' : 'pass';
}

function node(
  id: string, name: string, state: Value, parent: string | undefined, branch: number, start: boolean,
): GraphNode {
  const kind = kindOf(state);
  const next = text(state, 'Next') !== '';
  const end = kind === 'succeed' || kind === 'fail' || (kind !== 'choice' && !next && get(state, 'End')?.text === 'true');
  const made: GraphNode = { id, kind, glyph: kind };
  if (name !== id) made.name = name;
  if (parent !== undefined) made.in = parent;
  if (branch > 0) made.branch = branch;
  if (start) made.start = true;
  if (end) made.end = true;
  return made;
}

function ways(from: string, state: Value, own: Map<string, string>): GraphEdge[] {
  const found: GraphEdge[] = [];
  const way = (to: string, why: Why, label = ''): void => {
    if (to === '') return;
    const made: GraphEdge = { from, to: own.get(to) ?? to, why };
    if (label !== '') made.label = label;
    if (!own.has(to)) made.missing = true;
    found.push(made);
  };
  const kind = kindOf(state);
  if (kind !== 'succeed' && kind !== 'fail' && kind !== 'choice') way(text(state, 'Next'), 'next');
  if (kind === 'task' || kind === 'parallel' || kind === 'map') {
    for (const catcher of objects(get(state, 'Catch'))) way(text(catcher, 'Next'), 'catch', errors(catcher));
  }
  if (kind === 'choice') {
    for (const rule of objects(get(state, 'Choices'))) way(text(rule, 'Next'), 'choice');
    way(text(state, 'Default'), 'default', 'Default');
  }
  return found;
}

function errors(catcher: Value): string {
  const names = get(catcher, 'ErrorEquals')?.members.map((each) => each.value.text) ?? [];
  const all = names.filter((name) => name !== '').join(', ');
  return all.length <= 200 ? all : `${all.slice(0, 199)}…`;
}

function inside(state: Value): (Value | undefined)[] {
  switch (kindOf(state)) {
    case 'parallel':
      return objects(get(state, 'Branches'));
    case 'map':
      return [get(state, 'ItemProcessor') ?? get(state, 'Iterator')];
    default:
      return [];
  }
}

const objects = (list: Value | undefined): Value[] =>
  (list?.kind === 'array' ? list.members : []).map((each) => each.value).filter((each) => each.kind === 'object');

/** A text that is one: what is `true`, `null` or a number names nothing. */
function text(of: Value, key: string): string {
  const value = get(of, key);
  return value && (value.quoted || !/^(true|false|null|-?\d.*)$/.test(value.text)) ? value.text : '';
}
