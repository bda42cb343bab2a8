/**
 * Start a course (`courseId` null), or read, change and end one. Mounted by app.tsx at `/patients/$patientId/course/new` and
 * `/patients/$patientId/course/$courseId`.
 */
import { useApi } from "#renderer/api.ts";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { EmptyState, Skeleton } from "#renderer/ui/status.tsx";
import { CourseReading } from "./course-reading.tsx";
import { EditCourse } from "./edit-course.tsx";
import { StartCourse } from "./start-course.tsx";
import "./courses.css";

export type CourseScreenProps = { patientId: string; courseId: string | null };

export function CourseScreen({ patientId, courseId }: CourseScreenProps) {
  const chart = useApi("patients.chart", { id: patientId });
  const { open, earlier } = chart.value ?? { open: null, earlier: [] };
  const course = [...(open ? [open] : []), ...earlier].find((one) => one.course.id === courseId)?.course;

  if (!chart.value) return chart.loading ? <Skeleton lines={10} /> : null;
  if (courseId === null)
    return (
      <div className="form-screen">
        <PageHeader title="Start a course" />
        {open ? (
          <EmptyState title="A course is open already.">
            One course at a time: end it before you start another.
          </EmptyState>
        ) : (
          <StartCourse
            patientId={patientId}
            categoryBefore={earlier.find((one) => one.category !== null)?.category ?? null}
          />
        )}
      </div>
    );
  if (!course) return <EmptyState title="There is no such course of this patient." />;
  return course.end === null ? <EditCourse course={course} /> : <CourseReading course={course} />;
}
