import type { ChartCourse, CourseProgress } from "#shared/records/chart.ts";

/** Why no dose is taken, in words. */
export function doseStateWords(state: CourseProgress["doseState"]): string {
  switch (state) {
    case "not-started":
      return "Not started";
    case "held":
      return "On hold";
    case "stopped":
      return "Stopped";
    case "ended":
      return "Course ended";
    case null:
      return "Not recorded";
  }
}

/** A number with so many decimals at most, without needless zeros after the point. */
export function fixed(value: number, decimals: number): string {
  return value.toFixed(decimals);
}

/** Whether anything is on record of what was taken: where no visit decided a dose, nothing adds up to no amount. */
export function takenIsRecorded({ decidedDose, progress }: ChartCourse): boolean {
  return progress.totalMg > 0 || Boolean(decidedDose);
}
