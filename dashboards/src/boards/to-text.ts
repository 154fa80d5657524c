import type { Board } from './board.ts';
import { toDashboard } from './board.ts';

/** The text of a board's file: what Grafana's provisioning reads. Equal boards give equal text. */
export function toText(board: Board): string {
  return `${JSON.stringify(toDashboard(board), undefined, 2)}\n`;
}
