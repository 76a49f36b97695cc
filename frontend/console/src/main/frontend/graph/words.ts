/** A graph that the editor drew, in the words of the server's. */
import type { Graph, GraphEdge, GraphNode } from './model.js';

/**
 * The structure is the sketch's. What a node says below its name, its picture, and what an edge is
 * labelled with stay as the server last had them, until it has read what is written now.
 */
export function worded(sketch: Graph, told: Graph | undefined): Graph {
  if (!told) return sketch;
  const nodes = new Map(told.nodes.map((node) => [node.id, node]));
  const edges = ordinals(told.edges);
  const own = ordinals(sketch.edges);
  const labels = new Map<string, string>();
  for (const [edge, key] of edges) if (edge.label) labels.set(key, edge.label);
  return {
    nodes: sketch.nodes.map((node): GraphNode => {
      const known = nodes.get(node.id);
      if (known?.kind !== node.kind) return node;
      const said = { ...node, glyph: known.glyph };
      return known.caption ? { ...said, caption: known.caption } : said;
    }),
    edges: sketch.edges.map((edge): GraphEdge => {
      const label = edge.why === 'choice' ? labels.get(own.get(edge)!) : undefined;
      return label ? { ...edge, label } : edge;
    }),
  };
}

/** Which of its kind each edge of a state is: rules have no name that could tell them. */
function ordinals(edges: GraphEdge[]): Map<GraphEdge, string> {
  const count = new Map<string, number>();
  const keys = new Map<GraphEdge, string>();
  for (const edge of edges) {
    const kind = `${edge.from}\n${edge.why}`;
    const at = count.get(kind) ?? 0;
    count.set(kind, at + 1);
    keys.set(edge, `${kind}\n${at}`);
  }
  return keys;
}
