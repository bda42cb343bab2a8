import type { Course } from "#shared/records/course.ts";
import { courseEndWords } from "#shared/records/words.ts";
import { useApi } from "#renderer/api.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { Section } from "#renderer/ui/layout.tsx";
import { RefusalNotice } from "#renderer/ui/refusal.tsx";
import { useCourseLines } from "./course-words.ts";

/** What was changed in a course, by whom and when, the latest first. */
export function CourseHistory({ courseId }: { courseId: string }) {
  const dates = useDates();
  const history = useApi("courses.history", { id: courseId });
  const linesOf = useLines();
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
                {changesBetween(linesOf, inOrder[index - 1], revision).map((change) => (
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

type Lines = (course: Course) => { label: string; value: string }[];

function changesBetween(linesOf: Lines, before: Course | undefined, after: Course) {
  if (!before) return [];
  const earlier = linesOf(before);
  return linesOf(after)
    .map((line, index) => ({
      label: line.label,
      before: earlier[index]?.value || "empty",
      after: line.value || "empty",
    }))
    .filter((one) => one.before !== one.after);
}

/** The lines of a course with its end. */
function useLines(): Lines {
  const dates = useDates();
  const courseLines = useCourseLines();
  const ended = ({ end }: Course) =>
    end === null
      ? "open"
      : [`${courseEndWords[end.reason]}, ${dates.date(end.endedOn)}`, end.note].filter(Boolean).join(": ");
  return (course) => [...courseLines(course), { label: "End", value: ended(course) }];
}
