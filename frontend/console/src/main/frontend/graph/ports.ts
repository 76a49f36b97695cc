/**
 * Where edges leave a node and where they arrive. The first way on leaves in the middle and arrives in
 * the middle, so that what happens when all goes well is one straight line; rules, defaults and
 * catchers leave aside; ways back leave where others arrive.
 */
import type { ElkPort } from 'elkjs/lib/elk-api.js';
import { backward } from './lanes.js';
import type { Item, Link } from './model.js';

type Side = 'NORTH' | 'EAST' | 'SOUTH' | 'WEST';

export interface Ports {
  /** The ports of each child, by its place among the children. */
  of: ElkPort[][];
  /** Link → the ports that it connects. */
  ends: Map<Link, { from: string; to: string; main: boolean }>;
}

export function ports(item: Item, skipped: Set<Link>, down: boolean): Ports {
  const [on, back, aside]: [Side, Side, Side] = down ? ['SOUTH', 'NORTH', 'EAST'] : ['EAST', 'WEST', 'SOUTH'];
  const index = new Map<Item, number>();
  item.children.forEach((child, at) => index.set(child, at));
  const found: Ports = { of: item.children.map(() => []), ends: new Map() };
  const port = (at: number, id: string, side: Side): string => {
    const own = found.of[at]!;
    if (!own.some((each) => each.id === id)) own.push({ id, layoutOptions: { 'elk.port.side': side } });
    return id;
  };
  const backs = backward(item);
  const led = new Set<Item>();
  item.links.forEach((link, at) => {
    if (skipped.has(link)) return;
    const [from, to] = [index.get(link.from)!, index.get(link.to)!];
    const returns = backs.has(link);
    const main = !returns && link.why !== 'catch' && !led.has(link.from);
    if (main) led.add(link.from);
    const leaves = from === to ? aside : returns ? back : main ? on : aside;
    const arrives = from === to ? aside : returns ? on : back;
    found.ends.set(link, {
      from: port(from, `n${from}o${at}`, leaves),
      // All that comes from before arrives at one place.
      to: returns || from === to ? port(to, `n${to}b${at}`, arrives) : port(to, `n${to}i`, arrives),
      main,
    });
  });
  return found;
}
