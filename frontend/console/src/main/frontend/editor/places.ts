import { get, type Member, type Value } from './outline';

/** One step from a value to what it contains. */
export type Step = { key: string } | { index: number };

/** Where a position of the text is. */
export interface Place {
  /** From the root to the value or key at the position, each with the member that leads there. */
  chain: { container: Value; member: Member; step: Step }[];
  /** The container the position is directly in; the root value where it is in none. */
  inside: Value;
  role: 'key' | 'value' | 'gap';
}

/** Finds where a position is. A position at the edge of a scalar belongs to the scalar. */
export function placeAt(root: Value, position: number): Place {
  const chain: Place['chain'] = [];
  let inside = root;
  for (;;) {
    const index = inside.members.findIndex((m) => reaches(inside, m, position));
    const member = inside.members[index];
    if (!member) return { chain, inside, role: 'gap' };
    const step: Step = inside.kind === 'array' ? { index } : { key: member.key };
    chain.push({ container: inside, member, step });
    if (inside.kind === 'object' && position >= member.keyFrom && position <= member.keyTo) {
      return { chain, inside, role: 'key' };
    }
    const value = member.value;
    if (value.kind === 'scalar' || value.kind === 'missing') return { chain, inside, role: 'value' };
    inside = value;
  }
}

function reaches(container: Value, member: Member, position: number): boolean {
  const from = container.kind === 'object' ? member.keyFrom : member.value.from;
  const value = member.value;
  if (value.kind === 'missing') {
    return position >= from && position <= Math.max(member.keyTo, value.from) + 1;
  }
  return value.kind === 'scalar'
    ? position >= from && position <= value.to
    : position >= from && position < value.to;
}

/** A state of the text, and the machine (an object with `States`) it belongs to. */
export interface StateAt {
  name: string;
  state: Value;
  member: Member;
  machine: Value;
}

/** Every state of the text, outer before inner. */
export function statesOf(machine: Value): StateAt[] {
  const found: StateAt[] = [];
  const visit = (each: Value, depth: number): void => {
    const states = get(each, 'States');
    if (!states || states.kind !== 'object' || depth > 50) return;
    for (const member of states.members) {
      if (member.key === '') continue;
      const state = member.value;
      found.push({ name: member.key, state, member, machine: each });
      get(state, 'Branches')?.members.forEach((branch) => visit(branch.value, depth + 1));
      for (const field of ['ItemProcessor', 'Iterator']) {
        const inner = get(state, field);
        if (inner) visit(inner, depth + 1);
      }
    }
  };
  visit(machine, 0);
  return found;
}

/** The innermost state that the position is in. */
export function stateAt(root: Value, position: number): StateAt | undefined {
  return statesOf(root)
    .filter((s) => position >= s.member.keyFrom && position <= Math.max(s.state.to, s.member.keyTo))
    .at(-1);
}

/** The machine whose `States`, `StartAt` or own level the position is in: the innermost. */
export function machineAt(root: Value, place: Place): Value {
  let machine = root;
  for (const { container, member } of place.chain) {
    if (get(container, 'States') || get(container, 'StartAt')) machine = container;
    if (get(member.value, 'States') && place.inside === member.value) machine = member.value;
  }
  return machine;
}

/** The query language in force at a state: its own, else its machine's root's. */
export function languageAt(root: Value, state: Value | undefined): 'JSONata' | 'JSONPath' {
  const own = get(state, 'QueryLanguage')?.text;
  const all = get(root, 'QueryLanguage')?.text;
  return (own ?? all) === 'JSONata' ? 'JSONata' : 'JSONPath';
}
