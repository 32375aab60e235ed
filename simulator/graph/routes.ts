/** Which edge a request means. Built once from the features; looked up by one string. */
import type { Feature, GraphEdge } from '../core/feature.ts';
import type { NodeKind } from '../core/world.ts';

export interface Route {
  readonly edge: GraphEdge;
  /** What stands for the `{name}` that the edge ends in. */
  readonly tail?: string;
}

export interface Routes {
  /** The edge, or why there is none: the path is known by another method, or not at all. */
  find(method: string, node: NodeKind, edge: string): Route | 'other-method' | undefined;
  /** Paths below nodes of a kind that can be read, in the order of the alphabet. */
  below(node: NodeKind): readonly string[];
}

export function createRoutes(features: readonly Feature[]): Routes {
  const edges = new Map<string, Route>();
  const paths = new Set<string>();
  for (const feature of features) {
    for (const edge of feature.edges ?? []) {
      const path = `${edge.node} ${edge.edge.replace(/\{[^/]*\}$/, anything)}`;
      const key = `${edge.method} ${path}`;
      if (edges.has(key)) throw new Error(`Two features answer ${key}.`);
      edges.set(key, { edge });
      paths.add(path);
    }
  }
  const findAt = (method: string, path: string): Route | 'other-method' | undefined =>
    edges.get(`${method} ${path}`) ?? (paths.has(path) ? 'other-method' : undefined);
  return {
    below: (node) =>
      [...edges.values()]
        .map(({ edge }) => edge)
        .filter((edge) => edge.method === 'GET' && edge.node === node && /^\w+$/.test(edge.edge))
        .map(({ edge }) => edge)
        .sort(),
    find: (method, node, edge) => {
      const found = findAt(method, `${node} ${edge}`);
      if (found) return found;
      const slash = edge.lastIndexOf('/');
      if (slash < 0) return undefined;
      const open = findAt(method, `${node} ${edge.slice(0, slash + 1)}${anything}`);
      return typeof open === 'object' ? { ...open, tail: edge.slice(slash + 1) } : open;
    },
  };
}

/**
 * The features' routes, and where they have none, the specification's; those are made when one is first looked for.
 *
 * @param specified - the specification's edges
 */
export function createAllRoutes(features: readonly Feature[], specified: () => readonly GraphEdge[]): Routes {
  const ours = createRoutes(features);
  let made: Routes | undefined;
  const theirs = (): Routes => (made ??= createRoutes([{ name: 'specification', edges: specified() }]));
  return {
    below: (node) => [...new Set([...ours.below(node), ...theirs().below(node)])].sort(),
    find: (method, node, edge) => {
      const own = ours.find(method, node, edge);
      // The specification has no edge without a node.
      if (typeof own === 'object' || node === 'root') return own;
      const other = theirs().find(method, node, edge);
      return typeof other === 'object' ? other : (own ?? other);
    },
  };
}

/** No segment of a path can be this. */
const anything = '{}';
