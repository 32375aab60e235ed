/** Which edge a request means. Built once from the features; looked up by one string. */
import type { Feature, GraphEdge } from '../core/feature.ts';
import type { NodeKind } from '../core/world.ts';

export interface Routes {
  /** The edge, or why there is none: the path is known by another method, or not at all. */
  find(method: string, node: NodeKind, edge: string): GraphEdge | 'other-method' | undefined;
}

export function createRoutes(features: readonly Feature[]): Routes {
  const edges = new Map<string, GraphEdge>();
  const paths = new Set<string>();
  for (const feature of features) {
    for (const edge of feature.edges ?? []) {
      const path = `${edge.node} ${edge.edge}`;
      const key = `${edge.method} ${path}`;
      if (edges.has(key)) throw new Error(`Two features answer ${key}.`);
      edges.set(key, edge);
      paths.add(path);
    }
  }
  return {
    find: (method, node, edge) => {
      const path = `${node} ${edge}`;
      return edges.get(`${method} ${path}`) ?? (paths.has(path) ? 'other-method' : undefined);
    },
  };
}
