import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { type Course, course as courseSchema } from "#shared/records/course.ts";
import { mayCall } from "#shared/permissions.ts";
import { useCommand, useSession } from "#renderer/api.ts";
import { EditForm } from "#renderer/edit-form.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { PageHeader } from "#renderer/ui/layout.tsx";
import { toast } from "#renderer/ui/toast.tsx";
import { CourseFieldSet, type CourseFormValues, formOfCourse } from "./course-fields.tsx";
import { CourseHistory } from "./course-history.tsx";
import { CourseReading } from "./course-reading.tsx";
import { useCourseLines } from "./course-words.ts";
import { EndCourse } from "./end-course.tsx";

/** The open course: its fields to change, and its end. */
export function EditCourse(props: { course: Course }) {
  const user = useSession()?.user ?? null;
  // `?end=true`: whoever comes to end the course finds the form open.
  const search: { end?: unknown } = useSearch({ strict: false });
  const [ending, setEnding] = useState(search.end === true);
  if (!mayCall("courses.update", user)) return <CourseReading course={props.course} />;
  return (
    <div className="form-screen">
      <PageHeader
        title="Course"
        actions={
          mayCall("courses.end", user) &&
          !ending && (
            <Button kind="plain" onClick={() => setEnding(true)}>
              End the course
            </Button>
          )
        }
      />
      {ending && <EndCourse course={props.course} onCancel={() => setEnding(false)} />}
      <CourseEditForm course={props.course} takesFocus={!ending} />
      <CourseHistory courseId={props.course.id} />
    </div>
  );
}

function CourseEditForm({ course, takesFocus }: { course: Course; takesFocus: boolean }) {
  const navigate = useNavigate();
  const courseLines = useCourseLines();
  const save = useCommand("courses.update");
  const { id, patientId } = course;
  return (
    <EditForm<Course, CourseFormValues>
      label="Course"
      record={course}
      draftKey={`course:${id}`}
      patientId={patientId}
      formOf={formOfCourse}
      save={save}
      send={(values, version, confirmed) => {
        const { category: _, ...fields } = values;
        return save.run({ ...fields, id, version, confirmed });
      }}
      onSaved={() => {
        toast("Course saved.");
        void navigate({ to: "/patients/$patientId", params: { patientId } });
      }}
      read={(current) => courseSchema.parse(current)}
      compare={(values, theirs) => {
        const mine = courseLines(values);
        return courseLines(theirs).map((line, index) => ({
          label: line.label,
          mine: mine[index]?.value ?? "",
          theirs: line.value,
        }));
      }}
    >
      {(form) => <CourseFieldSet form={form} atStart={false} takesFocus={takesFocus} />}
    </EditForm>
  );
}
