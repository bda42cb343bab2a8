/**
 * Open a course (courseId null) or edit one. `/patients/$patientId/course/new` and `/patients/$patientId/course/$courseId`.
 * Exports `CourseScreen({ patientId, courseId })`.
 */
import { PageHeader } from "#renderer/ui/layout.tsx";

export type CourseScreenProps = { patientId: string; courseId: string | null };

export function CourseScreen(_props: CourseScreenProps) {
  return <PageHeader title="Course" />;
}
