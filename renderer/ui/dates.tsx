/** How the clinic writes dates and what day it is there: given once by the frame, read by every field and table. */
import { createContext, type ReactNode, useContext, useMemo } from "react";
import {
  type CalendarDate,
  type DateStyle,
  formatDate,
  formatDay,
  formatInstant,
  formatTime,
  type Instant,
  timeIn,
} from "#shared/calendar.ts";

export type Dates = {
  /** The clinic's calendar date. */
  today: CalendarDate;
  style: DateStyle;
  zone: string;
  /** `Nov 22, 2026` */
  date: (date: CalendarDate) => string;
  /** `Sun, Nov 22, 2026` */
  day: (date: CalendarDate) => string;
  /** `Sun, Nov 22, 2026, 10:59 PM`, in the clinic's zone. */
  instant: (at: Instant) => string;
  /** `10:59 PM`, in the clinic's zone. */
  time: (at: Instant) => string;
};

const DatesContext = createContext<Dates | null>(null);

/** Says how dates are written below it. */
export function DatesProvider(props: {
  today: CalendarDate;
  style: DateStyle;
  zone: string;
  children: ReactNode;
}) {
  const { today, style, zone } = props;
  const dates = useMemo<Dates>(
    () => ({
      today,
      style,
      zone,
      date: (date) => formatDate(date, style),
      day: (date) => formatDay(date, style),
      instant: (at) => formatInstant(at, zone, style),
      time: (at) => formatTime(timeIn(zone, at), style),
    }),
    [today, style, zone],
  );
  return <DatesContext value={dates}>{props.children}</DatesContext>;
}

/** The clinic's way with dates. Only inside the frame. */
export function useDates(): Dates {
  const dates = useContext(DatesContext);
  if (!dates) throw new Error("useDates is used outside DatesProvider.");
  return dates;
}
