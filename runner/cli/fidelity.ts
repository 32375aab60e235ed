/** The register of fidelity as lines of a terminal, and as the page `contracts/FIDELITY.md`. */
import type { FidelityRow } from '../../simulator/index.ts';

const headings = {
  operation: 'Operations',
  field: 'Fields of nodes',
  webhook: 'Webhook fields',
  error: 'Errors',
} as const;
const kinds = ['operation', 'field', 'webhook', 'error'] as const;

/** One line a row: name, how it is answered, evidence, when the source was read, source. */
export function fidelityLines(rows: readonly FidelityRow[]): string {
  const width = Math.max(...rows.map(({ name }) => name.length));
  return rows
    .map(
      ({ name, fidelity, evidence, source, read = '' }) =>
        `${name.padEnd(width)}  ${fidelity.padEnd(16)}  ${evidence.padEnd(10)}  ${read.padEnd(14)}  ${source}\n`,
    )
    .join('');
}

/** Markdown, a table a kind. */
export function fidelityPage(rows: readonly FidelityRow[]): string {
  const tables = kinds.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    const lines = own.map(
      ({ name, fidelity, evidence, source, read = '' }) =>
        `| \`${name}\` | ${fidelity} | ${evidence} | ${read} | ${source.replaceAll('|', '\\|')} |\n`,
    );
    return `## ${headings[kind]} (${own.length})\n\n| Name | Answered | Evidence | Read | Source |\n| --- | --- | --- | --- | --- |\n${lines.join('')}`;
  });
  return `<!-- Made by \`npm run fidelity\`. -->\n\n# Fidelity\n\n${explanation}\n${tables.join('\n')}`;
}

const explanation = `How sure each answer is. _stateful_: what is asked changes the world, or shows it; _refused_: so, and refused to coexistence
numbers as WhatsApp refuses it; _generated_: answered from Meta's specification alone, and the header \`x-coex-fidelity\` says so.
A node's field is _silent_ where Meta has it and it
says nothing here. Webhooks are _sent_ when something happens, or _on demand_ of a scenario (\`meta.notifies\`); of _named_ ones nothing but the
name is known. An error comes as an _answer_, as the _status_ of a message, or as either; \`graph.refuse\` orders any of them.
`;
