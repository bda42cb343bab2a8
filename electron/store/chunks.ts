/** Long lists of keys are sent in several statements: an engine takes a limited number of values in one. */

/** SQLite takes 32,766 values, PostgreSQL 65,535. */
const AT_MOST = 10_000;

/** Runs `query` for all keys, at most 10,000 at a time, and gives all rows in the order of the chunks. */
export async function inChunks<Row>(
  keys: readonly string[],
  query: (chunk: readonly string[]) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let at = 0; at < keys.length; at += AT_MOST)
    for (const row of await query(keys.slice(at, at + AT_MOST))) rows.push(row);
  return rows;
}

/** Rows by a key of theirs, each list in the order of the rows. */
export function grouped<T>(rows: readonly T[], key: (row: T) => string): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const list = map.get(key(row));
    if (list) list.push(row);
    else map.set(key(row), [row]);
  }
  return map;
}
