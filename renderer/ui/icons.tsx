/** The program's few signs, drawn on a 16 by 16 grid in the colour of the text. They are decoration: a word stands beside each. */

const paths = {
  check: "M3 8.5l3.2 3.2L13 4.8",
  cross: "M4 4l8 8M12 4l-8 8",
  question: "M5.6 6a2.4 2.4 0 1 1 3.6 2.1c-.8.5-1.2.9-1.2 1.8M8 12.4v.1",
  dash: "M3.5 8h9",
  warning: "M8 2.2l6.3 11.3H1.7zM8 6.5v3.2M8 11.6v.1",
  stop: "M5.3 1.8h5.4l3.5 3.5v5.4l-3.5 3.5H5.3l-3.5-3.5V5.3zM8 4.8v4M8 11v.1",
  info: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.4v3.8M8 4.9v.1",
  clock: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 4.6V8l2.4 1.6",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.6 10.6L14 14",
  lock: "M3.5 7.2h9v6.6h-9zM5.4 7.2V5a2.6 2.6 0 0 1 5.2 0v2.2",
  person: "M8 8a2.8 2.8 0 1 0 0-5.6A2.8 2.8 0 0 0 8 8zM2.8 14c.5-2.8 2.6-4.2 5.2-4.2s4.7 1.4 5.2 4.2",
  people:
    "M6 8a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5zM1.4 13.6C1.8 11 3.6 9.8 6 9.8s4.2 1.2 4.6 3.8M10.6 3.2a2.4 2.4 0 0 1 0 4.6M12 10c1.5.5 2.4 1.7 2.6 3.6",
  list: "M2.5 4h1M2.5 8h1M2.5 12h1M6 4h7.5M6 8h7.5M6 12h7.5",
  gear: "M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM8 1.8v2M8 12.2v2M1.8 8h2M12.2 8h2M3.6 3.6L5 5M11 11l1.4 1.4M12.4 3.6L11 5M5 11l-1.4 1.4",
  print: "M4.5 5.5V2h7v3.5M4.5 11.5H2.3v-6h11.4v6h-2.2M4.5 9.5h7V14h-7z",
  save: "M8 2v7.5M4.8 6.6L8 9.8l3.2-3.2M2.5 12v1.8h11V12",
  plus: "M8 3v10M3 8h10",
  file: "M4 1.8h5l3.2 3.2v9.2H4zM9 1.8V5h3.2",
  up: "M8 13V3.5M4 7.3L8 3.3l4 4",
  down: "M8 3v9.5M4 8.7l4 4 4-4",
  left: "M10 3L5 8l5 5",
  right: "M6 3l5 5-5 5",
  pen: "M2.5 13.5l.7-3L10.8 2.9l2.3 2.3-7.6 7.6zM9.3 4.4l2.3 2.3",
  trash: "M3 4.5h10M6 4.5V2.8h4v1.7M4.3 4.5l.6 9h6.2l.6-9",
  tube: "M5.2 2h5.6M6.2 2v10a1.8 1.8 0 0 0 3.6 0V2M6.2 7.6h3.6",
  pill: "M3.2 8.6l5.4-5.4a3 3 0 0 1 4.2 4.2l-5.4 5.4a3 3 0 0 1-4.2-4.2zM5.9 5.9l4.2 4.2",
  drop: "M8 2.2c2.4 2.9 4 5.1 4 7.2a4 4 0 0 1-8 0c0-2.1 1.6-4.3 4-7.2zM3 3l10 10.4",
  shield: "M8 1.9l5 1.8v4c0 3-2 5.2-5 6.4-3-1.2-5-3.4-5-6.4v-4z",
  calendar: "M2.5 3.5h11v10h-11zM2.5 6.4h11M5.4 1.9v2.6M10.6 1.9v2.6",
  window: "M2.5 4.5h11M2.5 11.5h11M4.4 4.5v7M11.6 4.5v7",
  flag: "M3.5 14.2V2.3M3.5 3h8.7l-1.8 3 1.8 3H3.5",
} as const;

export type IconName = keyof typeof paths;

/** One sign, as high as the text beside it. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
