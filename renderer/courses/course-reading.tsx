import type { Course } from "#shared/records/course.ts";
import { courseEndWords } from "#shared/records/words.ts";
import { useDates } from "#renderer/ui/dates.tsx";
import { KeyValues, PageHeader } from "#renderer/ui/layout.tsx";
import { CourseHistory } from "./course-history.tsx";
import { useCourseLines } from "./course-words.ts";

/** A course to read: one that has ended, or for those who may not change it. */
export function CourseReading({ course }: { course: Course }) {
  const dates = useDates();
  const lines = useCourseLines()(course);
  return (
    <div className="form-screen">
      <PageHeader
        title={course.end === null ? "Course" : "Earlier course"}
        sub={
          course.end === null
            ? undefined
            : `${courseEndWords[course.end.reason]}, ${dates.date(course.end.endedOn)}${course.end.note === "" ? "" : `: ${course.end.note}`}`
        }
      />
      <KeyValues items={lines.flatMap(({ label, value }) => (value === "" ? [] : [{ key: label, value }]))} />
      <CourseHistory courseId={course.id} />
    </div>
  );
}
