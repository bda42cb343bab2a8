import type { Course } from "#shared/records/course.ts";
import { courseEndWords } from "#shared/records/words.ts";
import { useApi } from "#renderer/api.ts";
import { type Dates, useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { courseLines } from "./course-words.ts";

/** What was changed in a course, by whom and when, the latest first. */
export function CourseHistory({ courseId }: { courseId: string }) {
  const dates = useDates();
  const history = useApi("courses.history", { id: courseId });
  const inOrder = (history.value ?? []).toSorted((a, b) => a.version - b.version);
  return (
    <Section title="Changes">
      <RefusalNotice refusal={history.refusal} />
      <ol className="course-changes">
        {inOrder
          .map((revision, index) => (
            <li key={revision.version}>
              <p>
                <strong>{revision.recordedBy}</strong>, {dates.instant(revision.recordedAt)}
                {index === 0 && ": started the course."}
              </p>
              <ul>
                {changesBetween(inOrder[index - 1], revision, dates).map((change) => (
                  <li key={change.label}>
                    {change.label}: <del>{change.before}</del> <span aria-hidden="true">→</span>{" "}
                    <ins>{change.after}</ins>
                  </li>
                ))}
              </ul>
            </li>
          ))
          .reverse()}
      </ol>
    </Section>
  );
}

function changesBetween(before: Course | undefined, after: Course, dates: Dates) {
  if (!before) return [];
  const earlier = linesOf(before, dates);
  return linesOf(after, dates)
    .map((line, index) => ({
      label: line.label,
      before: earlier[index]?.value || "empty",
      after: line.value || "empty",
    }))
    .filter((one) => one.before !== one.after);
}

function linesOf(course: Course, dates: Dates) {
  const { end } = course;
  return [
    ...courseLines(course, dates.date),
    {
      label: "End",
      value:
        end === null
          ? "open"
          : [`${courseEndWords[end.reason]}, ${dates.date(end.endedOn)}`, end.note]
              .filter(Boolean)
              .join(": "),
    },
  ];
}
