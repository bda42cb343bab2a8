import type { KeyboardEvent, ReactNode } from "react";

export type Column<T> = {
  id: string;
  header: ReactNode;
  cell: (row: T) => ReactNode;
  /** `end` for numbers. */
  align?: "start" | "end";
  /** The cell that names the row. */
  rowHeader?: boolean;
  /** CSS width. */
  width?: string;
};

/**
 * A plain table. Arrow up and down move between the rows' first links or buttons, so that a list can be walked without
 * Tab. `caption` names it; it is shown only with `captionShown`.
 */
export function Table<T>(props: {
  caption: string;
  captionShown?: boolean;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** Marks a row, such as `urgent` or `voided`. */
  rowTone?: (row: T) => "urgent" | "muted" | "struck" | undefined;
  empty?: ReactNode;
}) {
  if (props.rows.length === 0 && props.empty) return <>{props.empty}</>;
  return (
    // Wide tables scroll inside their own frame, also with the keyboard.
    <div className="table-frame" role="group" aria-label={props.caption} tabIndex={0}>
      <table className="table">
        <caption className={props.captionShown ? undefined : "for-readers"}>{props.caption}</caption>
        <thead>
          <tr>
            {props.columns.map((column) => (
              <th key={column.id} scope="col" style={{ width: column.width }} data-align={column.align}>
                {column.header}
              </th>
            ))}
          </tr>
        </thead>
        <tbody onKeyDown={walkRows}>
          {props.rows.map((row) => (
            <tr key={props.rowKey(row)} data-tone={props.rowTone?.(row)}>
              {props.columns.map((column) =>
                column.rowHeader ? (
                  <th key={column.id} scope="row" data-align={column.align}>
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} data-align={column.align}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Moves the focus to the first link or button of the row above or below. Exported for tables that are built by hand. */
export function walkRows(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const target = event.target as HTMLElement;
  if (target.matches("input, select, textarea")) return;
  let row = target.closest("tr");
  while (row) {
    const next: Element | null =
      event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    row = next instanceof HTMLTableRowElement ? next : null;
    const stop = row?.querySelector<HTMLElement>("a[href], button:not([disabled])");
    if (stop) {
      event.preventDefault();
      stop.focus();
      return;
    }
  }
}
